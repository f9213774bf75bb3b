"""Every answer kept, and given again to the last bit."""
