"""What every page stands in: route, cookies, forms, templates and their languages, static files."""
