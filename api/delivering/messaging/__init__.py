"""How messages get to phones: SMS by a gateway that settings describe or by Kannel, WhatsApp by its Cloud API."""
