"""Pretrained encoders: read from their files, adapted, made smaller."""
