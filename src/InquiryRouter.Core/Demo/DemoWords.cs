namespace InquiryRouter.Core.Demo;

/// <summary>What invented people write once an inquiry is there.</summary>
public static class DemoWords
{
    public static readonly IReadOnlyList<string> Additions =
    [
        "I have my new blood results now and can send them whenever you like.",
        "My doctor has changed my medication last week. Does this matter for the treatment?",
        "I could also travel a month later if that is easier for the clinic.",
        "I forgot to say that I had surgery on my knee two years ago.",
        "My husband would come with me. Is there a hotel near the clinic?",
    ];

    private static readonly string[] s_answers =
    [
        "I am asking my doctor for it and will send it this week.", "I have it at home and can send it whenever you like.",
        "I am not sure. Could we speak about it on the phone?", "Yes, please go on, I am still interested.",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> s_answersElsewhere = new(StringComparer.Ordinal)
    {
        ["es"] =
        [
            "Se lo pido a mi médico y lo envío esta semana.", "Lo tengo en casa y puedo enviarlo cuando quieran.",
            "No estoy segura. ¿Podríamos hablarlo por teléfono?", "Sí, sigan adelante, me sigue interesando.",
        ],
        ["ar"] =
        [
            "سأطلبه من طبيبي وأرسله هذا الأسبوع.", "هو عندي في البيت ويمكنني إرساله متى شئتم.",
            "لست متأكدًا. هل يمكن أن نتحدث عنه بالهاتف؟", "نعم، تابعوا من فضلكم، ما زلت مهتمًا.",
        ],
    };

    /// <summary>Of a patient to a question, whatever it asks: in their language.</summary>
    public static IReadOnlyList<string> Answers(string language) => s_answersElsewhere.GetValueOrDefault(language) ?? s_answers;

    public static readonly IReadOnlyList<string> ClinicQuestions =
    [
        "Please send us your newest laboratory results.", "Which medication do you take at the moment, and how much of it?",
        "Have you had an infusion of stem cells before? When and where?", "Do you have an MRI that is not older than a year?",
        "Is there a week in which you could not travel?",
    ];

    public static readonly IReadOnlyList<string> ClinicReplies =
        ["We have called and will write today.", "The price follows tomorrow.", "We could not reach the patient yet and try again.",
            "Thank you, we have seen it."];

    /// <summary>Of a clinic, beside a no or a return.</summary>
    public static readonly IReadOnlyList<string> Remarks =
    [
        "We have no free dates before spring.", "The laboratory results suggest that another treatment comes first.",
        "Our team for this treatment is travelling until next month.", "The reports we would need are older than two years.",
    ];

    public static readonly IReadOnlyList<string> QuoteRemarks =
    [
        "Airport transfer and an interpreter are included.", "The price holds for one person; a companion stays free of charge.",
        "A second infusion, if wanted, costs half of the first.", "Please plan five days for the whole stay.",
    ];

    public static readonly IReadOnlyList<string> Notes =
    [
        "Called, no answer. Trying again tomorrow afternoon.", "Spoke for ten minutes: wants to travel with the sister, prefers spring.",
        "Prefers to be written to, not called.", "The insurance does not pay; knows that.",
            "Asked for a video call with the doctor before deciding.",
        "The clinic confirmed by phone that the file arrived.",
    ];

    public static readonly IReadOnlyList<string> ToClinics =
    [
        "The patient says that nobody has been in touch. Could you call them this week?",
            "Could you tell us until when you will send a price?",
        "The patient has sent new results; please look at them.",
    ];
}
