using System.Globalization;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Tests.Support;

namespace InquiryRouter.Tests.Matching;

/// <summary>Reads <c>golden-cases.md</c>: each cell is a list of small changes, parted by semicolons.</summary>
internal static class GoldenCases
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "InquiryRouter.Tests", "Matching", "golden-cases.md"));

    /// <summary>The rows of the table with a column of this name.</summary>
    public static IReadOnlyList<string[]> Rows(string column) =>
        [.. s_lines.SkipWhile(l => !Cells(l).Contains(column)).Skip(2).TakeWhile(l => l.StartsWith('|')).Select(Cells)];

    public static InquiryFacts Inquiry(string cell) =>
        Parts(cell).Aggregate(An.Inquiry() with { Destinations = ["anywhere"] }, (facts, part) => part switch
        {
            ("condition", var code) => facts with { Condition = code, ConditionType = null },
            ("type", "unknown") => facts with { ConditionType = null },
            ("type", var code) => facts with { ConditionType = code },
            ("treatment", var code) => facts with { Treatment = code },
            ("cells", var source) => facts with { CellSource = source },
            ("born", var year) => facts with { BirthYear = Number(year) },
            ("destinations", var codes) => facts with { Destinations = codes.Split(", ") },
            ("language", var code) => facts with { Language = code },
            ("also reads", var codes) => facts with { AlsoReads = codes.Split(", ") },
            ("budget", "none") => facts with { BudgetAmount = null, BudgetCurrency = null },
            _ => throw Unknown(part),
        });

    public static Clinic Clinic(string cell, string code = "C-1")
    {
        var parts = Parts(cell).ToList();
        var clinic = parts[0].Name switch
        {
            "Mexican" => A.Clinic(code),
            "Canadian" => A.CanadianClinic(code),
            "Japanese" => A.JapaneseClinic(code),
            _ => throw Unknown(parts[0]),
        };
        return parts.Skip(1).Aggregate(clinic, (changed, part) => part switch
        {
            ("not active", _) => changed with { Active = false },
            ("leave", var days) => changed with { Leave = [new Leave(Day(days.Split(" to ")[0]), Day(days.Split(" to ")[1]))] },
            ("suspended", var words) => changed with { Suspensions = [Suspension(words.Split(' '))] },
            ("cells", "none") => changed with { Treatments = [.. changed.Treatments.Select(t => t with { CellSources = [] })] },
            ("cells", var list) => changed with { Treatments = [.. changed.Treatments.Select(t => t with { CellSources = list.Split(", ") })] },
            ("mail fails since", var day) => changed with { MailFailsSince = new DateTimeOffset(Day(day), new TimeOnly(12, 0), TimeSpan.Zero) },
            ("country", var country) => changed with { Country = country },
            ("treats", var list) => changed with { Treatments = [.. list.Split(" + ").Select(t => Treats(t.Split(' ')))] },
            ("sites", var codes) => changed with { Sites = [.. codes.Split(", ").Select(s => new Site(s, s, changed.City))] },
            ("credentials", "none") => changed with { Credentials = [] },
            ("credentials", var list) => changed with { Credentials = [.. list.Split(" + ").Select(c => Credential(c.Split(' ')))] },
            ("physicians", "none") => changed with { Physicians = [] },
            ("physicians", var list) => changed with { Physicians = [.. list.Split(" + ").Select(Physician)] },
            ("ages", var groups) => changed with { AgeGroups = groups.Split(", ") },
            ("languages", var codes) => changed with { Languages = codes.Split(", ") },
            ("price", var price) => changed with { Packages = [A.Package() with { PriceAmount = Number(price.Split(' ')[0]), PriceCurrency = price.Split(' ')[1] }] },
            ("cap", var number) => changed with { WeeklyCap = Number(number) },
            ("pace", var number) => changed with { DailyPace = Number(number) },
            _ => throw Unknown(part),
        });
    }

    public static MatchLoad Load(string cell, string clinic)
    {
        var load = new ClinicLoad();
        var earlier = new Dictionary<string, Earlier>(StringComparer.Ordinal);
        foreach (var part in Parts(cell))
        {
            switch (part)
            {
                case ("this week", var number): load = load with { ThisWeek = Number(number) }; break;
                case ("today", var number): load = load with { Today = Number(number) }; break;
                case ("kept", var number): load = load with { Kept = Number(number) }; break;
                case ("earlier", var answer): earlier[clinic] = Enum.Parse<Earlier>(answer.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true); break;
                default: throw Unknown(part);
            }
        }

        return A.Load(clinic, load) with { Earlier = earlier };
    }

    private static ClinicTreatment Treats(string[] words) =>
        A.Treatment() with { Condition = words[0], ConditionType = words[1] == "any" ? null : words[1], Treatment = words[2], Site = words.ElementAtOrDefault(3) };

    // Body, scopes, and what is wrong with it.
    private static Credential Credential(string[] words)
    {
        var good = A.Credential(words[0], words[1] == "nothing" ? [] : words[1].Split(','));
        return words[2..] switch
        {
            [] => good,
            ["ended", var day] => good with { ValidTo = Day(day) },
            ["begins", var day] => good with { ValidFrom = Day(day) },
            ["names", var codes] => Named(good, codes.Split(',')),
            ["claimed"] => good with { VerifiedBy = null, VerifiedAt = null },
            ["site", var site] => good with { Site = site },
            [var status] => good with { Status = status },
            _ => throw Unknown((string.Join(' ', words), string.Empty)),
        };
    }

    private static Credential Named(Credential credential, string[] codes) => credential with
    {
        Conditions = [.. codes.Where(A.Lists.Conditions.ContainsKey)], Treatments = [.. codes.Where(A.Lists.Treatments.ContainsKey)],
        CellSources = [.. codes.Where(c => A.Lists.Treatments["msc-infusion"].CellSources.Contains(c))],
    };

    private static Suspension Suspension(string[] words) =>
        new(words[0], "the Ministry", Day(words[2]), words.Length > 4 ? Day(words[4]) : null, "gazette");

    private static Physician Physician(string words) => words.Split(' ') switch
    {
        ["left"] => A.Physician() with { Active = false },
        ["of", "nothing"] => A.Physician() with { Specialties = [] },
        ["of", var specialty] => A.Physician() with { Specialties = [specialty] },
        ["not", "certified"] => A.Physician() with { Certifications = [] },
        ["certified", "until", var day] => A.Physician() with { Certifications = [A.Certification() with { ValidTo = Day(day) }] },
        ["without", "experience"] => A.Physician() with { Experience = [] },
        ["references", "not", "checked"] => A.Physician() with { ReferencesCheckedAt = null },
        _ => throw Unknown((words, string.Empty)),
    };

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Length == 0 ? [] : line[1..].TrimEnd('|').Split('|').Select(c => c.Trim())];

    private static IEnumerable<(string Name, string Value)> Parts(string cell) =>
        cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split(": ", 2) is [var name, var value] ? (name, value) : (p, string.Empty));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static InvalidOperationException Unknown((string Name, string Value) part) => new($"The table speaks of \"{part.Name}: {part.Value}\", which nobody here understands.");
}
