using System.Globalization;

namespace InquiryRouter.Benchmarks.Load;

/// <summary>What the invented patients write: adults with lupus who look for a clinic in Mexico or Latin America.</summary>
internal static class InquiryTexts
{
    /// <summary>How many different bodies there are, before numbers and names are filled in.</summary>
    public const int Variants = 251;

    private static readonly string[] FirstNames =
        ["Anna", "Maria", "James", "Olivia", "Robert", "Linda", "Susan", "David", "Karen", "Peter", "Nancy", "Laura", "Paul", "Emma", "Ruth", "Diane", "Carol"];

    private static readonly string[] LastNames =
        ["Smith", "Garcia", "Miller", "Nguyen", "Brown", "Lopez", "Clark", "Walker", "Young", "Hill", "Adams", "Baker", "Carter"];

    private static readonly string[] TimeZones = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"];

    private static readonly string[] Destinations = ["""["MX"]""", """["MX","latin-america"]""", """["latin-america"]"""];

    private static readonly string[] Openings =
    [
        "I read your page on stem cell therapy for lupus and would like to know whether it could be an option for me.",
        "My rheumatologist knows that I am looking abroad and is willing to send the clinic my records.",
        "I have lived with lupus for more than ten years and my medication no longer keeps the flares away.",
        "A friend from my support group was treated last spring and told me about your service.",
    ];

    private static readonly string[] Middles =
    [
        "Most of the trouble is in my joints, and I am tired all the time.",
        "Fatigue and stiff hands in the morning keep me from full-time work.",
        "My last laboratory results are from this autumn and I can send them in English.",
    ];

    private static readonly string[] Closings =
    [
        "Which papers do you need, and how long would the stay be?",
        "Please tell me what the price includes and whether a companion may stay with me.",
        "I would like to speak with a doctor before I decide on dates.",
    ];

    /// <summary>The JSON of variant <paramref name="i"/>, with the caller's gaps for number, phone and middle name (twice).</summary>
    public static string Body(int i, string number, string phone, string word)
    {
        var name = $"{Pick(FirstNames, i)} {word} {Pick(LastNames, i)}";
        var message = $"{Pick(Openings, i)} {Pick(Middles, i / 2)} {Pick(Closings, i / 3)} My sister {word} would travel with me and help with the papers.";
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"patient":{"name":"{{{name}}}","email":"p{{{number}}}@load.example","phone":"+1213{{{phone}}}","country":"US","language":"en",
            "timeZone":"{{{Pick(TimeZones, i)}}}","birthYear":{{{1960 + (i % 41)}}}},
            "inquirer":{"relation":"self"},
            "condition":"lupus","conditionType":"sle","treatment":"stem-cell-therapy","cellSource":"any",
            "destinations":{{{Pick(Destinations, i)}}},
            "budget":{"amount":{{{14_000 + (i % 17 * 1_000)}}},"currency":"USD"},"timeframe":"within-3-months",
            "message":"{{{message}}}",
            "consent":{"shareWithClinics":true,"contact":true,"marketing":false,"textVersion":"2026-11"},
            "source":{"page":"https://load.example/lupus","campaign":"load"}}
            """).ReplaceLineEndings("");
    }

    private static string Pick(string[] from, int i) => from[i % from.Length];
}
