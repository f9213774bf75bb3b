"""What people say of how they like to work. Their phrases share traits, not words, with those of the ads."""

from __future__ import annotations

from sample.terms import TraitPhrase

SPANISH_SEEKER_PHRASES: tuple[TraitPhrase, ...] = (
    TraitPhrase("soy bien sociable, hago amigos en la cola", {"people": 1, "spoken": 0.5}),
    TraitPhrase("me aburro si estoy sol[o/a]", {"people": 0.9, "pace": 0.2}),
    TraitPhrase("soy tímid[o/a], prefiero que no me hablen mucho", {"people": -1, "spoken": -0.5}),
    TraitPhrase("en mi rincón y con mi música rindo mejor", {"people": -0.8, "pace": -0.3}),
    TraitPhrase("me gusta hablar, tengo buena dicción", {"spoken": 1}),
    TraitPhrase("por teléfono me desenvuelvo bien", {"spoken": 0.9, "persuasion": 0.2}),
    TraitPhrase("en mi casa hay bulla, así que nada de llamadas", {"spoken": -1}),
    TraitPhrase("me expreso mejor escribiendo que hablando", {"spoken": -0.9, "creative": 0.2}),
    TraitPhrase("se me ocurren cosas a cada rato", {"creative": 1}),
    TraitPhrase("me gusta que lo que hago quede bonito", {"creative": 0.9, "numbers": -0.3}),
    TraitPhrase("denme una rutina y soy feliz", {"creative": -1}),
    TraitPhrase("prefiero que me digan exactamente qué hacer", {"creative": -0.8, "teaching": -0.3}),
    TraitPhrase("las cuentas me salen de memoria", {"numbers": 1}),
    TraitPhrase("anoto todo lo que entra y sale de la casa", {"numbers": 0.8, "creative": -0.3}),
    TraitPhrase("los números y yo no nos llevamos", {"numbers": -1}),
    TraitPhrase("soy más de letras y de sentir que de sumar", {"numbers": -0.8, "creative": 0.4}),
    TraitPhrase("le vendo arena al desierto", {"persuasion": 1}),
    TraitPhrase("me gusta competir y ganar mi comisión", {"persuasion": 0.9, "pace": 0.3}),
    TraitPhrase("no sirvo para ofrecer cosas a la gente", {"persuasion": -1}),
    TraitPhrase("no quiero metas ni que me estén presionando", {"persuasion": -0.7, "pace": -0.6}),
    TraitPhrase("soy pilas, hago tres cosas a la vez", {"pace": 1}),
    TraitPhrase("con presión trabajo mejor", {"pace": 0.9}),
    TraitPhrase("me tomo mi tiempo, pero lo dejo perfecto", {"pace": -1}),
    TraitPhrase("me estreso con el apuro", {"pace": -0.9, "people": -0.2}),
    TraitPhrase("tengo paciencia de santo para hacer entender algo", {"teaching": 1}),
    TraitPhrase("siempre termino ayudando a los que no saben", {"teaching": 0.9, "people": 0.3}),
    TraitPhrase("no me gusta estar enseñando, hago lo mío y ya", {"teaching": -0.8, "people": -0.3}),
    TraitPhrase("todo aparato nuevo lo aprendo en un día", {"technology": 1}),
    TraitPhrase("me meto a las configuraciones a ver qué hay", {"technology": 0.8, "creative": 0.2}),
    TraitPhrase("con la tecnología voy despacio, uso lo básico", {"technology": -1}),
    TraitPhrase("prefiero a las personas que a las máquinas", {"technology": -0.7, "people": 0.6}),
    TraitPhrase(
        "puedo estar horas concentrad[o/a] sin decir una palabra", {"spoken": -0.6, "people": -0.5, "pace": -0.4}
    ),
)

ENGLISH_SEEKER_PHRASES: tuple[TraitPhrase, ...] = (
    TraitPhrase("I make friends in any queue", {"people": 1, "spoken": 0.4}),
    TraitPhrase("I get bored when I am alone", {"people": 0.9}),
    TraitPhrase("I am shy and happiest in my corner", {"people": -1, "spoken": -0.4}),
    TraitPhrase("I love to talk and I am told I speak clearly", {"spoken": 1}),
    TraitPhrase("my house is noisy so please no phone", {"spoken": -1}),
    TraitPhrase("I express myself better in writing", {"spoken": -0.9, "creative": 0.2}),
    TraitPhrase("things occur to me all the time", {"creative": 1}),
    TraitPhrase("I want what I make to look beautiful", {"creative": 0.9, "numbers": -0.3}),
    TraitPhrase("give me a routine and I am happy", {"creative": -1}),
    TraitPhrase("I can do sums in my head", {"numbers": 1}),
    TraitPhrase("maths and I never got along", {"numbers": -1}),
    TraitPhrase("I could sell sand in the desert", {"persuasion": 1}),
    TraitPhrase("I like to compete and earn my commission", {"persuasion": 0.9, "pace": 0.3}),
    TraitPhrase("I am no good at offering things to people", {"persuasion": -1}),
    TraitPhrase("I do three things at once", {"pace": 1}),
    TraitPhrase("I take my time and leave it perfect", {"pace": -1}),
    TraitPhrase("rush makes me nervous", {"pace": -0.9}),
    TraitPhrase("I have a saint's patience with beginners", {"teaching": 1}),
    TraitPhrase("I do my own thing, I would rather not teach", {"teaching": -0.8, "people": -0.2}),
    TraitPhrase("any new gadget I learn in a day", {"technology": 1}),
    TraitPhrase("with computers I stick to the basics", {"technology": -1}),
    TraitPhrase("I prefer people to machines", {"technology": -0.7, "people": 0.6}),
)
