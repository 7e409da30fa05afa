using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail;
using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Intake.Landing;

/// <summary>
/// Says what is known about a treatment for a condition: from the reference data, the language files, and what the network offers. A page is there for
/// what an active clinic offers; no clinic is named.
/// </summary>
/// <param name="form">The lists of the form: what it does not know has no page, because its end could not be filled in.</param>
/// <param name="facts">What is known of each treatment.</param>
public sealed class LandingPages(
    NetworkOfferCache offers, ReferenceLists form, TreatmentFacts facts, FacilitatorOptions facilitator, LanguageSet languages,
    MailLinks links, PageLanguage language, TimeProvider clock)
{
    private Words Words => language.Words;

    /// <summary>The page, or null: there is none.</summary>
    /// <param name="treatment">Code.</param>
    /// <param name="condition">Code.</param>
    /// <param name="fill">The form for a reader of the page at this address.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<LandingPageModel?> FindAsync(string treatment, string condition, Func<string, InquiryPageModel> fill, CancellationToken cancellation)
    {
        var known = await offers.CurrentAsync(cancellation);
        var rules = known.Index.Network.Rules;
        if (!IsOnTheForm(treatment, condition) || !known.All.TryGetValue((treatment, condition), out var offer))
        {
            return null;
        }

        var (wish, about) = (rules.Lists.Treatments[treatment], rules.Lists.Conditions[condition]);
        var covered = wish.Covers.Order(StringComparer.Ordinal).Select(c => rules.Lists.Treatments[c]).ToList();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var laws = covered.SelectMany(t => rules.RulesOf(t.Code, condition, today)).ToList();
        var prices = new LandingPrices(rules, Words).Of(offer, covered, condition, today);
        var phrase = Phrase(about);
        var path = PathOf(treatment, condition);
        return new LandingPageModel
        {
            Title = Title(wish, about),
            Head = Head(path, Words.Text("landing.description", ("treatment", Name(wish)), ("condition", phrase))),
            Study = covered.TrueForAll(t => t.EstablishedFor.Contains(condition, StringComparer.Ordinal)) ? Words.Text("landing.established", ("condition", phrase))
                : wish.UnderStudy ? Words.Text("landing.study", ("condition", phrase))
                : null,
            ConditionName = Name(about),
            ConditionText = Words.FindName(NameKind.ConditionTexts, condition),
            Types = [.. about.Types.Select(t => new Row(
                Words.Name(NameKind.ConditionTypes, t.Code, t.Name), Words.FindName(NameKind.ConditionTypeTexts, t.Code) ?? string.Empty))],
            Symptoms = [.. about.Symptoms.Select(s => Words.Name(NameKind.Symptoms, s.Code, s.Name))],
            SymptomsSource = about.SymptomsSource is null ? null : new Sourced(string.Empty, about.SymptomsSource, about.Reviewed),
            Triggers = about.TriggersSource is null ? null
                : Named(about.Triggers.Select(t => Words.Name(NameKind.Triggers, t.Code, t.Name)), about.TriggersSource, about),
            Medicines = about.CausedBySource is null ? null
                : Named(about.CausedBy.Select(m => Words.Name(NameKind.Medicines, m.Code, m.Name)), about.CausedBySource, about),
            Known = KnownFacts.Of(facts.Of(treatment, condition), Words),
            TreatmentName = Name(wish),
            TreatmentText = Words.FindName(NameKind.TreatmentTexts, treatment),
            TreatmentFacts = [.. Facts(wish, covered)],
            Prices = prices.Rows,
            NoClinic = offer.Clinics == 0,
            RatesOf = prices.RatesOf,
            PriceSources = prices.Sources,
            Accreditation = covered.Exists(t => t.Scopes.Contains("hospital", StringComparer.Ordinal)) ? "hospital" : "transplant",
            Facilitator = facilitator,
            Law = [.. Law(laws, rules.Lists)],
            LawReviewed = laws.TrueForAll(l => l.Reviewed),
            Form = fill(links.Page(path)),
        };
    }

    /// <summary>Every page there is, by condition, as the reader's language sorts them.</summary>
    public async Task<LandingListModel> ListAsync(CancellationToken cancellation)
    {
        var known = await offers.CurrentAsync(cancellation);
        var lists = known.Index.Network.Rules.Lists;
        var byName = StringComparer.Create(Words.Culture, ignoreCase: false);
        var groups = known.All.Keys.Where(k => IsOnTheForm(k.Treatment, k.Condition)).GroupBy(k => k.Condition, StringComparer.Ordinal)
            .Select(g => (Name(lists.Conditions[g.Key]), Pages: (IReadOnlyList<Choice>)[.. g
                .Select(k => new Choice(language.Url(PathOf(k.Treatment, k.Condition)), Title(lists.Treatments[k.Treatment], lists.Conditions[k.Condition])))
                .OrderByDescending(p => p.Value.StartsWith($"{LandingEndpoints.Path}/{FormChoices.MostAskedFor}/", StringComparison.Ordinal)).ThenBy(p => p.Label, byName)]))
            .OrderBy(g => g.Item1, byName);
        return new LandingListModel(Head(LandingEndpoints.Path, Words["landing.list.lead"]), [.. groups]);
    }

    private static string PathOf(string treatment, string condition) => $"{LandingEndpoints.Path}/{treatment}/{condition}";

    // A file imported since the start may know more than the form does.
    private bool IsOnTheForm(string treatment, string condition) => form.Treatments.ContainsKey(treatment) && form.Conditions.ContainsKey(condition);

    private static SourcedNames Named(IEnumerable<string> names, string source, Condition about) => new([.. names], new Sourced(string.Empty, source, about.Reviewed));

    private IEnumerable<Row> Facts(Treatment wish, List<Treatment> covered)
    {
        // One source is no choice; the text says it.
        if (wish.CellSources.Count > 1)
        {
            yield return new Row(Words["landing.treatment.cells"], Words.List(wish.CellSources.Select(s => Words.Name(NameKind.CellSources, s, s))));
        }

        foreach (var risk in covered.Select(t => t.RiskClass).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return new Row(Words["landing.treatment.risk"], Words["landing.risk." + risk]);
        }
    }

    private IEnumerable<Row> Law(List<CountryRule> laws, ReferenceLists lists) =>
        from key in new[] { (RuleOutcome.Forbidden, "forbidden"), (RuleOutcome.TrialOnly, "trialOnly"), (RuleOutcome.RequiresCredential, "requiresCredential"), (RuleOutcome.Permitted, "permitted"),
            (RuleOutcome.Undecided, "undecided") }
        let countries = laws.Where(l => l.Outcome == key.Item1).Select(l => l.Country).Distinct(StringComparer.Ordinal).ToList()
        where countries.Count > 0
        select new Row(Words["landing.law." + key.Item2], Words.List(countries.Select(c => Words.Name(NameKind.Countries, c, lists.CountryName(c))).Order(StringComparer.Create(Words.Culture, ignoreCase: false))));

    private string Title(Treatment treatment, Condition condition) => Words.Text("landing.title", ("treatment", Name(treatment)), ("condition", Phrase(condition)));

    private string Name(Treatment treatment) => Words.Name(NameKind.Treatments, treatment.Code, treatment.Name);

    private string Name(Condition condition) => Words.Name(NameKind.Conditions, condition.Code, condition.Name);

    private string Phrase(Condition condition) => Words.FindName(NameKind.ConditionPhrases, condition.Code) ?? Name(condition);

    private LandingHeadModel Head(string path, string description) => LandingHeadModel.Of(links, languages, Words, path, description);
}
