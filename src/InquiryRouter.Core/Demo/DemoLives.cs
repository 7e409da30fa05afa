using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Core.Demo;

/// <summary>
/// Invents inquiries: the same ones for the same seed, network and moment. Who asks for what, from where and when; names, texts and
/// addresses are made up from tables of common ones, and every address is one that is reserved for examples.
/// </summary>
public sealed class DemoLives
{
    /// <summary>How far back they go.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(7 * 104);

    // Those a newcomer looks at are of the last weeks, most of the last days.
    private const int Newest = 200;
    private const double NewestDays = 45;
    private const string Consent = "2026-11";
    private const string ConditionOfMost = "lupus";
    private const string Any = "any";

    private static readonly string[] s_rare = ["stroke", "autism", "spinal-cord-injury", "back-pain", "kidney-disease", "other"];
    private static readonly string[] s_timeframes = ["as-soon-as-possible", "within-1-month", "within-3-months", "within-3-months",
        "within-6-months", "undecided"];

    private readonly int _seed;
    private readonly DateTimeOffset _now;
    private readonly TimeSpan _playedPast;
    private readonly IReadOnlyList<DemoWish> _met;
    private readonly IReadOnlyList<DemoWish> _unmet;

    /// <param name="seed">Of this world.</param>
    /// <param name="index">Whose treatments are asked for: more often where a clinic may take the patient.</param>
    /// <param name="policy">The policy in force.</param>
    /// <param name="now">Where the past ends.</param>
    /// <param name="playedPast">How far back the lives go that come after the first.</param>
    public DemoLives(int seed, MatchIndex index, Policy policy, DateTimeOffset now, TimeSpan playedPast)
    {
        (_seed, _now, _playedPast) = (seed, now, playedPast);
        var offered = index.Network.Clinics.Where(c => c.Active)
            .SelectMany(c => c.Treatments, (c, t) => new DemoWish(t.Condition, t.ConditionType, c.Country))
            .Where(w => w.Type is null or "sle" or "knee" or "hip").Distinct().ToList();
        var met = offered.ToLookup(w => !Matcher.Match(FactsOf(w), index, policy, MatchLoad.None, now).IsHeld);
        (_met, _unmet) = ([.. met[true]], [.. met[false]]);
    }

    /// <summary>The life of a number.</summary>
    public DemoLife Of(int number)
    {
        var dice = new Dice(_seed, number);
        var country = dice.Weighted([.. DemoCountry.All.Select(c => (c.Weight, c))]);
        var receivedAt = ReceivedAt(dice, number, country);

        // Some send a second one some days after the first: of the same person, who is younger by nothing.
        var person = number % 40 == 7 && number < Newest ? number + 1 : number;
        var relation = dice.Weighted([(88, Relation.Self), (6, Relation.Parent), (6, Relation.Carer)]);
        var isChild = relation == Relation.Parent && dice.Is(0.7);
        var wish = Wish(dice);
        var spam = dice.Is(0.03);
        var emergency = !spam && dice.Is(0.015);
        var form = new InquiryForm
        {
            PatientCountry = country.Code,
            PatientLanguage = dice.Is(0.9) ? country.Language : "en",
            PatientTimeZone = dice.Of(country.Zones),
            PatientBirthYear = isChild ? receivedAt.Year - 5 - dice.Below(11) : 1945 + dice.Below(60),
            InquirerRelation = relation.ToString().ToLowerInvariant(),
            Condition = wish.Condition,
            ConditionType = wish.Condition == ConditionOfMost
                ? dice.Weighted([(90.0, "sle"), (6, "discoid"), (2, "drug-induced"), (2, (string?)null)]) : wish.Type,
            Treatment = TreatmentOf(wish.Condition),
            CellSource = wish.Condition == "leukaemia" ? Any : dice.Weighted(
                [(80, Any), (12, "umbilical-cord"), (5, "bone-marrow"), (3, "adipose")]),
            Destinations = Destinations(dice, wish),
            Timeframe = dice.Of(s_timeframes),
            ShareWithClinics = dice.Is(0.96),
            Contact = true,
            Marketing = dice.Is(0.2),
            ConsentTextVersion = Consent,
        };
        SetPerson(form, person, country, relation, hasPhone: dice.Is(0.6));
        SetBudget(form, dice, country);
        SetTexts(form, dice);
        form.Message = spam ? dice.Of(DemoTexts.Advertising) : emergency ? dice.Of(DemoTexts.Emergencies) : form.Message;
        return new DemoLife
        {
            Number = number, ReceivedAt = receivedAt, Form = form, Flags = spam ? ["page-not-opened", "too-fast"] : [],
                Bounces = dice.Is(0.012),
        };
    }

    /// <summary>Who a copy of a life is, and what they write: of a number of its own.</summary>
    /// <param name="number">Far from those of the lives.</param>
    /// <param name="facts">What stays as it is.</param>
    /// <param name="hasPhone">They give a number, as who they are copied from.</param>
    public (DemoPerson Person, InquiryForm Texts) Another(int number, InquiryFacts facts, bool hasPhone)
    {
        var dice = new Dice(_seed, number);
        var form = new InquiryForm { Condition = facts.Condition, PatientLanguage = facts.Language };
        SetTexts(form, dice);
        return (DemoPerson.Of(number, facts.Country, facts.Relation, hasPhone), form);
    }

    /// <summary>Of a message that something follows from: a copy keeps it.</summary>
    public static bool IsTelling(string? message) => DemoTexts.Advertising.Contains(message) || DemoTexts.Emergencies.Contains(message);

    private static void SetPerson(InquiryForm form, int number, DemoCountry country, Relation relation, bool hasPhone)
    {
        var person = DemoPerson.Of(number, country.Code, relation, hasPhone);
        form.PatientName = person.Name;
        form.PatientEmail = person.Mail;
        form.PatientPhone = person.Phone;
        form.InquirerName = person.InquirerName;
        form.InquirerEmail = person.InquirerMail;
    }

    private static void SetTexts(InquiryForm form, Dice dice)
    {
        form.Message = dice.Is(0.85) ? DemoTexts.Message(dice, form.PatientLanguage!, form.Condition!) : null;
        form.SourcePage = dice.Is(0.9)
            ? $"https://{dice.Of(DemoTexts.Sites)}/{dice.Of(["stem-cell-therapy", "treatment", "abroad"])}-{form.Condition}" : null;
        form.SourceCampaign = dice.Of(DemoTexts.Campaigns);
    }

    private static void SetBudget(InquiryForm form, Dice dice, DemoCountry country)
    {
        if (dice.Is(0.75))
        {
            // Round in the money they think in, and seldom too little.
            form.BudgetAmount = (decimal)(Math.Round((12 + (dice.Next() * dice.Next() * 38)) * country.DollarIs) * 1000);
            form.BudgetCurrency = country.Currency;
        }
    }

    // Most ask for what some clinic does, since that is what the pages they come from are about.
    private DemoWish Wish(Dice dice) => dice.Weighted([(84, _met), (12, _unmet), (4, [])]) switch
    {
        { Count: > 0 } wishes when dice.Is(0.4) && wishes.FirstOrDefault(w => w.Condition == ConditionOfMost) is { } usual => usual,
        { Count: > 0 } wishes => dice.Of(wishes),
        _ => new DemoWish(dice.Of(s_rare), null, "MX"),
    };

    // A grown-up who is not particular.
    private static InquiryFacts FactsOf(DemoWish wish) => new()
    {
        Country = "US", Language = "en", TimeZone = "America/New_York", BirthYear = 1975, Relation = Relation.Self,
            Condition = wish.Condition,
        ConditionType = wish.Type, Treatment = TreatmentOf(wish.Condition), CellSource = Any, Destinations = [wish.Country],
            BudgetAmount = null,
        BudgetCurrency = null, Timeframe = "undecided", SourcePage = null, SourceCampaign = null,
    };

    private static string TreatmentOf(string condition) => condition == "leukaemia" ? "autologous-hsct" : "stem-cell-therapy";

    private static List<string> Destinations(Dice dice, DemoWish wish) => dice.Weighted<List<string>>(
        [(45, [wish.Country]), (30, ["anywhere"]), (20, [wish.Country, "latin-america"]), (3, ["europe"]), (2, ["ES", "DE"])]);

    private DateTimeOffset ReceivedAt(Dice dice, int number, DemoCountry country)
    {
        var back = number < Newest ? TimeSpan.FromDays(NewestDays) * Math.Pow(dice.Next(), 2.6) : _playedPast * Math.Pow(dice.Next(), 1.3);
        var moment = _now - back - TimeSpan.FromMinutes(3);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(country.Zones[0]);

        // Few write at night: who would, does so in the evening before.
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        return local.Hour is >= 1 and < 6 && dice.Is(0.8) ? moment - TimeSpan.FromHours(local.Hour + 1 + (dice.Next() * 3)) : moment;
    }
}
