"""The pages of developers: what there is, and for who acts for a partner its keys, use, webhooks and a console."""
