"""What ads say of the way of working. A phrase hints at traits, several phrases at each: many to many, and noisy."""

from __future__ import annotations

from sample.terms import TraitPhrase

SPANISH_AD_PHRASES: tuple[TraitPhrase, ...] = (
    TraitPhrase(
        "Aquí se conversa todo el día: buscamos a alguien que disfrute del trato", {"people": 1, "spoken": 0.5}
    ),
    TraitPhrase("Pasarás la mayor parte del turno en contacto con gente", {"people": 1}),
    TraitPhrase("Es un trabajo de puertas adentro, casi sin reuniones", {"people": -1, "spoken": -0.4}),
    TraitPhrase("Trabajarás por tu cuenta y entregarás por la plataforma", {"people": -0.8, "pace": -0.3}),
    TraitPhrase("La voz es tu principal herramienta", {"spoken": 1}),
    TraitPhrase("Se hace todo por videollamada y con cámara encendida", {"spoken": 0.8, "people": 0.4}),
    TraitPhrase("Nos comunicamos por escrito y sin llamadas", {"spoken": -1}),
    TraitPhrase("Casi todo queda por escrito, así que cuidamos las palabras", {"spoken": -0.8, "creative": 0.2}),
    TraitPhrase("Hay libertad para proponer y probar ideas propias", {"creative": 1}),
    TraitPhrase("Valoramos el ojo estético y la imaginación", {"creative": 0.9, "numbers": -0.3}),
    TraitPhrase("Es una labor ordenada y repetitiva, con pasos definidos", {"creative": -1}),
    TraitPhrase("Se sigue un procedimiento y no se improvisa", {"creative": -0.8, "numbers": 0.3}),
    TraitPhrase("Trabajarás con montos y cuadros a diario", {"numbers": 1}),
    TraitPhrase("Todo se mide: cada semana revisamos indicadores", {"numbers": 0.7, "persuasion": 0.3}),
    TraitPhrase("No hace falta ser de números", {"numbers": -1}),
    TraitPhrase("Pesa más la sensibilidad que el cálculo", {"numbers": -0.7, "creative": 0.4}),
    TraitPhrase("Necesitamos a alguien con chispa para convencer", {"persuasion": 1}),
    TraitPhrase("Si te motivan las metas y los bonos, te irá bien", {"persuasion": 0.9, "pace": 0.3}),
    TraitPhrase("No hay que vender nada ni llegar a cuotas", {"persuasion": -1}),
    TraitPhrase("No tenemos metas comerciales, sino plazos razonables", {"persuasion": -0.7, "pace": -0.5}),
    TraitPhrase("El ritmo es intenso y nunca hay dos horas iguales", {"pace": 1}),
    TraitPhrase("Hay picos de trabajo en los que toca hacer varias cosas a la vez", {"pace": 0.9}),
    TraitPhrase("Preferimos lento y bien antes que rápido y mal", {"pace": -1}),
    TraitPhrase("Es un puesto tranquilo, sin apuros", {"pace": -0.9, "people": -0.2}),
    TraitPhrase("Lo importante es tener paciencia para explicar", {"teaching": 1}),
    TraitPhrase("Acompañarás a personas que recién aprenden", {"teaching": 0.9, "people": 0.3}),
    TraitPhrase("Cada quien ve lo suyo, no hay que capacitar a nadie", {"teaching": -0.8, "people": -0.3}),
    TraitPhrase("Tendrás que aprender herramientas nuevas cada mes", {"technology": 1}),
    TraitPhrase("Nos encanta la gente curiosa por cómo funcionan las cosas", {"technology": 0.7, "creative": 0.3}),
    TraitPhrase("No se piden conocimientos técnicos: lo digital es sencillo", {"technology": -1}),
    TraitPhrase("Trabajo con calidez humana más que con sistemas", {"technology": -0.7, "people": 0.5}),
    TraitPhrase(
        "La concentración y el silencio ayudan mucho en este puesto", {"spoken": -0.6, "people": -0.5, "pace": -0.4}
    ),
)

ENGLISH_AD_PHRASES: tuple[TraitPhrase, ...] = (
    TraitPhrase("You will be around people all day, so you should enjoy it", {"people": 1, "spoken": 0.4}),
    TraitPhrase("Most of your shift is contact with others", {"people": 0.9}),
    TraitPhrase("This is heads-down work with hardly any meetings", {"people": -1, "spoken": -0.4}),
    TraitPhrase("You work on your own and deliver through the platform", {"people": -0.8}),
    TraitPhrase("Your voice is your main tool", {"spoken": 1}),
    TraitPhrase("Everything happens on video, camera on", {"spoken": 0.8, "people": 0.3}),
    TraitPhrase("We write instead of calling", {"spoken": -1}),
    TraitPhrase("There is room to try your own ideas", {"creative": 1}),
    TraitPhrase("A good eye and imagination count here", {"creative": 0.9, "numbers": -0.3}),
    TraitPhrase("The work is orderly and repetitive, with defined steps", {"creative": -1}),
    TraitPhrase("You will follow a procedure rather than improvise", {"creative": -0.8}),
    TraitPhrase("You will live in figures and tables", {"numbers": 1}),
    TraitPhrase("We measure everything and review it weekly", {"numbers": 0.7, "persuasion": 0.3}),
    TraitPhrase("You do not need to be a numbers person", {"numbers": -1}),
    TraitPhrase("We want somebody with a gift for persuading", {"persuasion": 1}),
    TraitPhrase("Bonuses reward those who love a target", {"persuasion": 0.9, "pace": 0.3}),
    TraitPhrase("No selling and no quotas", {"persuasion": -1}),
    TraitPhrase("The pace is intense and no two hours look alike", {"pace": 1}),
    TraitPhrase("Expect to juggle several things at once", {"pace": 0.9}),
    TraitPhrase("Slow and right beats quick and wrong", {"pace": -1}),
    TraitPhrase("It is a calm position without rush", {"pace": -0.9}),
    TraitPhrase("Patience to explain matters most", {"teaching": 1}),
    TraitPhrase("You will guide people who are just starting out", {"teaching": 0.9, "people": 0.3}),
    TraitPhrase("You will not have to train anyone", {"teaching": -0.8, "people": -0.2}),
    TraitPhrase("Expect to learn a new tool every month", {"technology": 1}),
    TraitPhrase("We like people who wonder how things work", {"technology": 0.7, "creative": 0.3}),
    TraitPhrase("No technical background needed, the software is simple", {"technology": -1}),
    TraitPhrase("Human warmth counts more than systems", {"technology": -0.7, "people": 0.5}),
)
