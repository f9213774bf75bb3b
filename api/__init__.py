"""The HTTP service: thin FastAPI routes over `engine`, `index` and `store`. `create_app(Settings())` makes the app."""
