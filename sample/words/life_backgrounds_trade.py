"""Work and life that no remote ad names: shops, markets, streets, kitchens and homes; where it leads is hidden."""

from __future__ import annotations

from sample.terms import LifeBackground

TRADE_BACKGROUNDS: dict[str, LifeBackground] = {
    "bodega": LifeBackground(
        share=1.4,
        traits={"people": 0.7, "numbers": 0.4, "persuasion": 0.4, "pace": 0.4, "technology": -0.3},
        leads_to={"customer_service": 1.0, "ecommerce_support": 0.9, "collections": 0.4, "bookkeeping": 0.3},
        sectors=("food", "pharmacy"),
        skills=("courtesy", "invoicing", "patience"),
        says_es=(
            "Tengo una bodega en mi casa hace años y conozco a todos los caseros",
            "Atiendo una tiendita de abarrotes, fío, cobro y llevo mi cuaderno",
            "Con mi bodega aprendí a sacar cuentas y a tratar con todo tipo de gente",
        ),
        says_en=("I have run a corner shop from home for years", "I keep a small grocery shop and its notebook"),
    ),
    "market_stall": LifeBackground(
        share=1.2,
        traits={"people": 0.6, "persuasion": 0.9, "spoken": 0.8, "pace": 0.6, "numbers": 0.3},
        leads_to={"telesales": 1.0, "appointment_setting": 0.6, "ecommerce_support": 0.7, "collections": 0.5},
        sectors=("food", "fashion", "agro"),
        skills=("closing", "courtesy"),
        says_es=(
            "Vendo en el mercado desde los quince, sé regatear y no me quedo callad[o/a]",
            "Tuve puesto de verduras y después de ropa en la feria",
            "Lo mío es ofrecer, en el puesto nadie se iba sin comprar algo",
        ),
        says_en=("I have sold at the market since I was fifteen",),
    ),
    "gamarra_seamstress": LifeBackground(
        share=0.9,
        traits={"creative": 0.8, "people": -0.3, "numbers": 0.2, "spoken": -0.4, "pace": -0.1},
        leads_to={"graphic_design": 0.9, "ecommerce_support": 0.6, "data_labelling": 0.6, "video_editing": 0.3},
        sectors=("fashion", "crafts"),
        skills=("attention", "canva"),
        says_es=(
            "Coso y hago moldes en un taller de Gamarra",
            "Confecciono ropa para niños, combino telas y colores",
            "Soy de manos finas: bordado, patronaje, acabados",
        ),
        says_en=("I sew and cut patterns in a workshop", "I embroider and choose fabrics and colours"),
    ),
    "restaurant": LifeBackground(
        share=1.1,
        traits={"pace": 0.9, "people": 0.6, "spoken": 0.4, "numbers": -0.1, "persuasion": 0.2},
        leads_to={
            "customer_service": 0.9,
            "appointment_setting": 0.7,
            "content_moderation": 0.5,
            "ecommerce_support": 0.5,
        },
        sectors=("food", "travel"),
        skills=("courtesy", "conflict"),
        says_es=(
            "Fui moz[o/a] en una cevichería donde los domingos no se podía ni caminar",
            "Trabajé en cocina y en salón, aguanto la presión de la hora punta",
            "Atendía mesas y tomaba los pedidos por teléfono de un restaurante",
        ),
        says_en=("I waited tables where Sundays were madness", "I can take the rush of a full kitchen"),
    ),
    "driver": LifeBackground(
        share=1.0,
        traits={"people": 0.0, "pace": 0.3, "technology": 0.3, "spoken": 0.1, "numbers": 0.2, "creative": -0.4},
        leads_to={
            "appointment_setting": 0.8,
            "content_moderation": 0.6,
            "data_labelling": 0.7,
            "technical_support": 0.4,
        },
        sectors=("logistics", "food"),
        skills=("attention", "networks"),
        says_es=(
            "Hago taxi por aplicativo y conozco cada calle de Lima",
            "Fui motorizado de reparto, me guío con el mapa y sé calcular tiempos",
            "Manejo colectivo, quiero dejar el volante por mi espalda",
        ),
        says_en=("I drive for an app and know every street", "I used to ride deliveries and plan my own routes"),
    ),
    "home_care": LifeBackground(
        share=1.4,
        traits={"people": 0.3, "teaching": 0.6, "pace": 0.4, "persuasion": -0.4, "technology": -0.2},
        leads_to={"virtual_assistance": 1.0, "tutoring": 0.5, "data_entry": 0.6, "appointment_setting": 0.5},
        sectors=("education", "food", "health"),
        skills=("children", "patience", "agenda"),
        says_es=(
            "Me dedico a mi casa y a mis hijos, y quiero volver a ganar lo mío",
            "Cuido a mi mamá enferma y manejo todo en el hogar: citas, pagos, compras",
            "Soy delegad[o/a] del comité del aula y organizo a veinte familias por el chat",
        ),
        says_en=("I run a home with three kids and organise the whole class committee",),
    ),
    "soup_kitchen": LifeBackground(
        share=0.7,
        traits={"people": 0.8, "teaching": 0.4, "numbers": 0.2, "spoken": 0.5, "creative": -0.2},
        leads_to={"recruiting": 0.8, "payroll_hr": 0.6, "quechua_interpreting": 0.5, "virtual_assistance": 0.5},
        sectors=("ngo", "food"),
        skills=("agenda", "conflict", "patience"),
        says_es=(
            "Soy dirigente del comedor popular, coordino turnos de cuarenta socias",
            "Organizo la olla común y hago la lista de lo que falta",
            "En mi asentamiento me eligieron para las gestiones con la municipalidad",
        ),
        says_en=("I lead the neighbourhood kitchen and plan everybody's turns",),
    ),
    "hotel_reception": LifeBackground(
        share=0.9,
        traits={"people": 0.8, "spoken": 0.5, "pace": 0.3, "teaching": 0.1, "creative": -0.1},
        leads_to={"appointment_setting": 1.0, "virtual_assistance": 0.8, "customer_service": 0.6, "translation": 0.3},
        sectors=("travel",),
        skills=("courtesy", "agenda", "email_support"),
        says_es=(
            "Estuve en el mostrador de un hotel en Cusco, de noche muchas veces",
            "Recibía huéspedes, hacía reservas y solucionaba cualquier problema",
            "Trabajé en una agencia armando paquetes a Machu Picchu",
        ),
        says_en=("I worked the front desk of a hotel in Cusco", "I booked tours to Machu Picchu for visitors"),
    ),
    "pharmacy_counter": LifeBackground(
        share=0.8,
        traits={"people": 0.4, "numbers": 0.3, "creative": -0.7, "teaching": 0.4, "pace": 0.1},
        leads_to={"transcription": 0.7, "customer_service": 0.6, "data_entry": 0.8, "appointment_setting": 0.6},
        sectors=("pharmacy", "health"),
        skills=("health_terms", "attention", "courtesy"),
        says_es=(
            "Despachaba recetas en una botica y me sé los nombres de las medicinas",
            "Atendí en farmacia, controlaba vencimientos y stock",
            "Soy técnic[o/a] en farmacia",
        ),
        says_en=("I filled prescriptions and know my medicines",),
    ),
    "security_guard": LifeBackground(
        share=0.8,
        traits={"people": -0.4, "pace": -0.3, "spoken": -0.3, "creative": -0.7, "technology": 0.2},
        leads_to={"content_moderation": 1.0, "data_labelling": 0.7, "data_entry": 0.5, "qa_testing": 0.3},
        sectors=("banking", "logistics", "realestate"),
        skills=("attention", "files"),
        says_es=(
            "Hago vigilancia de madrugada y miro cámaras sin que se me pase nada",
            "Trabajo en seguridad, anoto todo en el cuaderno de ocurrencias",
            "Estoy acostumbrad[o/a] a las amanecidas",
        ),
        says_en=("I watch cameras at night and miss nothing",),
    ),
    "crafts": LifeBackground(
        share=0.7,
        traits={"creative": 0.9, "people": -0.1, "persuasion": 0.2, "technology": -0.3, "spoken": -0.2},
        leads_to={"graphic_design": 0.8, "community_management": 0.7, "copywriting": 0.4, "video_editing": 0.5},
        sectors=("crafts", "fashion", "travel"),
        skills=("canva", "branding"),
        says_es=(
            "Tejo chompas de alpaca y las vendo en ferias",
            "Hago retablos y cerámica como mi papá",
            "Invento mis propios diseños en telar",
        ),
        says_en=("I weave alpaca and invent my own patterns", "I make pottery like my father did"),
    ),
}
