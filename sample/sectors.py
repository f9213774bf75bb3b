"""All trades of the sample employers, employers' invented names, and trades that a specialty belongs to."""

from __future__ import annotations

from sample.words.sectors_counter import COUNTER_SECTORS
from sample.words.sectors_field import FIELD_SECTORS

SECTORS = COUNTER_SECTORS | FIELD_SECTORS

# The second half of an employer's invented name.
NAME_ENDINGS = (
    "Andina", "del Sur", "Nexo", "Wayra", "Qori", "Illari", "Pacífico Azul", "Kuntur", "Sumaq",
    "Norte Claro", "Rimaq", "Viva", "Puente", "Amaru", "Cordillera", "Tambo", "Lucma", "Inti",
    "Mirador", "Océano", "Kallpa", "Nube Alta", "Sayari", "Tres Cruces", "Maranga", "Ñawi", "Wasi",
    "Central", "Plus", "Once", "Ruta 9", "Horizonte", "Molle", "Chaska", "Bright", "Harbor", "Maple",
    "North",
)  # fmt: skip


# Specialties that belong to a trade, whoever hires.
SETTLED_SECTORS: dict[str, tuple[str, ...]] = {
    "internet": ("telecom",),
    "comments": ("media", "gaming", "education", "software", "fashion"),
    "images_video": ("media", "gaming", "software"),
    "marketplace": ("realestate", "fashion", "telecom", "logistics"),
    "clinics": ("health",),
    "real_estate": ("realestate",),
    "medical": ("health",),
    "school": ("education",),
    "maths": ("education",),
    "english": ("education", "travel", "ngo"),
    "courses": ("education", "software"),
    "games_testing": ("gaming",),
    "health": ("health", "ngo"),
    "surveys": ("ngo", "agro", "health"),
    "public_services": ("legal", "ngo"),
    "early": ("banking", "insurance", "telecom", "education"),
    "agreements": ("banking", "insurance", "realestate"),
    "visits": ("telecom", "realestate", "logistics", "health"),
    "packaging": ("food", "agro", "cosmetics", "crafts", "pharmacy"),
    "listings": ("fashion", "cosmetics", "crafts", "pharmacy", "food"),
    "orders": ("fashion", "cosmetics", "crafts", "pharmacy", "food", "logistics"),
    "returns": ("fashion", "cosmetics", "crafts", "telecom"),
    "catalogue": ("fashion", "cosmetics", "crafts", "pharmacy", "food"),
    "product_sheets": ("fashion", "cosmetics", "crafts", "pharmacy"),
}
