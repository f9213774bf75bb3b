"""What stands beside a password: codes of an app (TOTP), passkeys and recovery codes, and challenges to show them."""
