"""The shapes of requests and answers. They bound sizes and name keys; `engine.documents` judges what values mean."""
