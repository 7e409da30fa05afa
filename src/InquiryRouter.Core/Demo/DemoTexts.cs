namespace InquiryRouter.Core.Demo;

/// <summary>What invented people write.</summary>
internal static class DemoTexts
{
    public static readonly string[] Sites = ["clinics.example", "health-abroad.example", "patients.example"];

    public static readonly string?[] Campaigns = [null, null, "search", "search", "newsletter", "support-group", "spring", "autumn",
        "video"];

    public static readonly string[] Advertising =
    [
        "We offer backlinks and guest posts for your website. First page of Google in 30 days: https://seo.example https://rank.example",
        "Buy followers and website traffic today, best casino and crypto investment partners https://traffic.example/offer",
    ];

    public static readonly string[] Emergencies =
    [
        "I have had chest pain since this morning and I cannot breathe well. Please tell me quickly whether a clinic can take me.",
        "He took too many tablets last night and has not woken up properly. We wanted to ask about your programme, what should we do?",
    ];

    private static readonly Dictionary<string, string[]> s_trouble = new(StringComparer.Ordinal)
    {
        ["lupus"] = ["My joints hurt and I am tired all the time.", "The flares come back every few weeks.",
            "My kidneys are not affected so far.",
            "I have had skin rashes and sore hands for years."],
        ["multiple-sclerosis"] = ["Walking has become difficult this year.", "My left hand is numb, and I get tired quickly.",
            "The last relapse was in spring.", "The medicine has slowed it down, but not stopped it."],
        ["rheumatoid-arthritis"] = ["My hands are stiff until noon.", "Both wrists and my knees are swollen.",
            "Methotrexate did not help me enough."],
        ["osteoarthritis"] = ["I can hardly climb stairs any more.", "Injections helped for a few months only.",
            "I would like to avoid an artificial joint."],
        ["crohn"] = ["I have lost twelve kilos in a year.", "Two biologics stopped working.", "I was operated on in 2021."],
        ["ulcerative-colitis"] = ["I cannot plan a day without thinking of it.", "Cortisone helps, but I cannot stay on it."],
        ["parkinson"] = ["The trembling of the right hand gets worse.", "The tablets work for three hours, then not any more."],
        ["type-1-diabetes"] = ["I have had it since I was eleven.", "My sugar goes up and down whatever I do."],
        ["heart-failure"] = ["My heart pumps at thirty per cent.", "I get out of breath after one floor."],
        ["leukaemia"] = ["I am in remission since last year.", "My haematologist has spoken about a transplantation."],
        ["scleroderma"] = ["The skin of my hands is hard and cold.", "My lungs are beginning to be affected."],
    };

    private static readonly string[] s_anyTrouble = ["It has become worse this year.", "My doctor here has no further ideas.",
        "I have had it for a long time."];

    private static readonly Dictionary<string, (string[] Open, string[] Middle, string[] Close)> s_languages = new(StringComparer.Ordinal)
    {
        ["en"] = (
            ["I read your page and would like to know whether this could be an option for me.",
                "A friend from my support group told me about you.",
                "I was diagnosed {years} years ago.", "My specialist knows that I am looking abroad and would send my records.",
                "I have been reading about this for months.", "Hello, I would like to know more about the treatment."],
            [],
            ["How long would I have to stay?", "What is included in the price?", "I would like to speak with a doctor before I decide.",
                "Which papers do you need?", "Could my husband stay with me?", "I could travel from next month on.",
                    "Thank you for your help."]),
        ["es"] = (
            ["He leído su página y quisiera saber si este tratamiento es posible para mí.", "Una amiga me habló de ustedes.",
                "Me diagnosticaron hace {years} años.", "Buenos días, quisiera más información."],
            ["Cada año estoy un poco peor.", "Los medicamentos ya no me ayudan como antes.", "Me cuesta trabajar y dormir.",
                "Mi médico está de acuerdo."],
            ["¿Cuánto tiempo tendría que quedarme?", "¿Qué incluye el precio?", "¿Qué documentos necesitan?", "Muchas gracias."]),
        ["ar"] = (
            ["قرأت صفحتكم وأود أن أعرف إن كان هذا العلاج مناسبا لي.", "شُخّصت حالتي قبل {years} سنوات.",
                "السلام عليكم، أرغب في معرفة المزيد عن العلاج."],
            ["تزداد حالتي سوءا كل سنة.", "لم تعد الأدوية تساعدني كما كانت.", "طبيبي على علم بذلك."],
            ["كم يستغرق العلاج؟", "ماذا يشمل السعر؟", "ما المستندات المطلوبة؟", "شكرا لكم."]),
        ["de"] = (
            ["Ich habe Ihre Seite gelesen und möchte wissen, ob das für mich in Frage kommt.", "Die Diagnose habe ich seit {years} Jahren.",
                "Guten Tag, ich hätte gern mehr Informationen."],
            ["Es wird jedes Jahr etwas schlechter.", "Die Medikamente helfen nicht mehr so wie früher."],
            ["Wie lange müsste ich bleiben?", "Was ist im Preis enthalten?", "Vielen Dank im Voraus."]),
        ["fr"] = (
            ["J'ai lu votre page et je voudrais savoir si ce traitement est possible pour moi.", "Le diagnostic date de {years} ans."],
            ["Mon état se dégrade un peu chaque année.", "Les médicaments ne suffisent plus."],
            ["Combien de temps faudrait-il rester ?", "Que comprend le prix ?", "Merci d'avance."]),
        ["pt"] = (
            ["Li a sua página e gostaria de saber se este tratamento é possível para mim.", "Fui diagnosticado há {years} anos."],
            ["A cada ano estou um pouco pior.", "Os remédios já não ajudam como antes."],
            ["Quanto tempo teria de ficar?", "O que está incluído no preço?", "Muito obrigado."]),
    };

    /// <summary>The message that comes with an inquiry.</summary>
    public static string Message(Dice dice, string language, string condition)
    {
        var (open, middle, close) = s_languages.GetValueOrDefault(language, s_languages["en"]);
        var trouble = middle.Length > 0 ? middle : s_trouble.GetValueOrDefault(condition, s_anyTrouble);
        var parts = new List<string> { dice.Of(open), dice.Of(trouble) };
        if (dice.Is(0.6))
        {
            parts.Add(dice.Of(trouble));
        }

        parts.Add(dice.Of(close));
        if (dice.Is(0.4))
        {
            parts.Add(dice.Of(close));
        }

        var years = (2 + dice.Below(18)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return string.Join(' ', parts.Distinct(StringComparer.Ordinal)).Replace("{years}", years, StringComparison.Ordinal);
    }
}
