using InquiryRouter.Application.Coordination;
using InquiryRouter.Application.Steps;
using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Application.Network;

/// <summary>What somebody wants to be different about a clinic.</summary>
/// <param name="Code">Which clinic.</param>
/// <param name="Seen">The version its form was made from.</param>
/// <param name="Change">A code for the access log: edited, suspended, returned, verified, credential-ended.</param>
/// <param name="Fields">By their names in the clinic file, as they were typed; an empty text takes one out.</param>
/// <param name="About">More for the access log, as codes; null: nothing.</param>
public sealed record ClinicEditing(
    string Code, long Seen, string Change, IReadOnlyDictionary<string, string> Fields, string? About = null);

/// <summary>What became of an edit.</summary>
public abstract record ClinicEditOutcome
{
    private ClinicEditOutcome()
    {
    }

    public sealed record Done : ClinicEditOutcome
    {
        public static readonly Done It = new();
    }

    /// <summary>It is so already.</summary>
    public sealed record Unchanged : ClinicEditOutcome
    {
        public static readonly Unchanged It = new();
    }

    public sealed record NotFound : ClinicEditOutcome
    {
        public static readonly NotFound It = new();
    }

    /// <summary>Since the form was made, a colleague or the clinic has changed fields of it; nothing was changed.</summary>
    /// <param name="Version">What it is now.</param>
    public sealed record Stale(IReadOnlyList<ClinicDifference> Differences, long Version) : ClinicEditOutcome;

    /// <summary>The import's rules refuse it; nothing was changed.</summary>
    public sealed record Invalid(IReadOnlyList<ImportProblem> Problems) : ClinicEditOutcome;
}

/// <summary>
/// Changes fields of a clinic, as a new version of the network. Held to the rules of an import; a form made from an older version is refused when
/// one of its own fields has changed since.
/// </summary>
public sealed class EditClinic(Work work, NetworkCache networks, IFieldRules fieldRules, ReckonWork reckon)
{
    public async Task<ClinicEditOutcome> RunAsync(ClinicEditing editing, Actor who, CancellationToken cancellation)
    {
        var rules = (await networks.CurrentAsync(cancellation)).Rules;
        var outcome = await work.RunAsync(
            session => LoadAsync(session, editing.Code, editing.Seen),
            found => Task.FromResult(Decide(found, editing, rules, who)),
            cancellation);
        if (outcome is ClinicEditOutcome.Done)
        {
            await reckon.MendClinicsAsync(cancellation);
        }

        return outcome;
    }

    /// <summary>What the clinic would be, for a look at the effect; the rest as in an edit.</summary>
    public async Task<(Clinic? Changed, ClinicEditOutcome? Refused)> TryAsync(ClinicEditing editing, CancellationToken cancellation)
    {
        var rules = (await networks.CurrentAsync(cancellation)).Rules;
        var found = await work.ReadAsync(session => LoadAsync(session, editing.Code, editing.Seen), cancellation);
        return found.Now is null ? (null, ClinicEditOutcome.NotFound.It)
            : Stale(found, [.. editing.Fields.Keys]) is { } stale ? (null, stale)
            : ClinicEdit.Read(found.Now.Clinic, editing.Fields, rules, fieldRules) is { Clinic: { } changed } ? (changed, null)
            : (null, new ClinicEditOutcome.Invalid(ClinicEdit.Read(found.Now.Clinic, editing.Fields, rules, fieldRules).Problems));
    }

    /// <summary>Whether these fields are other than when a form was made; null: they are not, or there is no such clinic.</summary>
    public async Task<ClinicEditOutcome.Stale?> StaleAsync(string code, long seen, string field, CancellationToken cancellation)
    {
        var found = await work.ReadAsync(session => LoadAsync(session, code, seen), cancellation);
        return found.Now is null ? null : Stale(found, [field]);
    }

    private Decided<ClinicEditOutcome> Decide(Found found, ClinicEditing editing, MatchRules rules, Actor who)
    {
        if (found.Now is not { } now)
        {
            return ClinicEditOutcome.NotFound.It;
        }

        if (Stale(found, [.. editing.Fields.Keys]) is { } stale)
        {
            return stale;
        }

        var (changed, problems) = ClinicEdit.Read(now.Clinic, editing.Fields, rules, fieldRules);
        if (changed is null)
        {
            return new ClinicEditOutcome.Invalid(problems);
        }

        if (found.IsDemo && DemoRules.IsReal(changed))
        {
            return new ClinicEditOutcome.Invalid([new ImportProblem(
                1, "email", changed.Email, "One that ends in .example, while the country rules in force are the demo network's: they are made up.")]);
        }

        var differences = ClinicTexts.Differences(now.Clinic, changed);
        if (differences.Count == 0)
        {
            return ClinicEditOutcome.Unchanged.It;
        }

        return new Decided<ClinicEditOutcome>(
            ClinicEditOutcome.Done.It,
            [
                new ReplaceClinic(now, changed, $"{editing.Code}: {editing.Change} by {who.Name}"),
                new RecordSystem(SystemEvent.ClinicsChanged(editing.Change, Said(editing, differences)), who),
            ]);
    }

    // An edit says which fields; their values are in the versions of the network.
    private static string Said(ClinicEditing editing, IReadOnlyList<ClinicDifference> differences)
    {
        const int longest = 150;
        var about = editing.About ?? string.Join(',', differences.Select(d => d.Field));
        return $"{editing.Code} {(about.Length <= longest ? about : about[..longest])}";
    }

    private static ClinicEditOutcome.Stale? Stale(Found found, IReadOnlyCollection<string> fields)
    {
        if (found.Now!.Version == found.SeenVersion)
        {
            return null;
        }

        // A version that never was, or was of no such clinic: whatever stands there now was not seen.
        var differences = found.Seen is { } seen
            ? ClinicTexts.Differences(seen.Clinic, found.Now.Clinic)
            : [.. ClinicTexts.Of(found.Now.Clinic).Select(t => new ClinicDifference(t.Key, string.Empty, t.Value))];
        var touched = differences.Where(d => fields.Any(f => IsOf(d.Field, f))).ToList();
        return touched.Count > 0 ? new ClinicEditOutcome.Stale(touched, found.Now.Version) : null;
    }

    // An entry is found by its place: when any of its list is other, the place may be.
    private static bool IsOf(string changed, string field)
    {
        var list = field.IndexOf('[', StringComparison.Ordinal);
        return changed == field || (list > 0 && changed.StartsWith(field[..(list + 1)], StringComparison.Ordinal));
    }

    private static async Task<Found> LoadAsync(Session session, string code, long seen)
    {
        var now = await NetworkStore.FindAsync(session, code);
        return new Found(
            now, now?.Version == seen ? now : await NetworkStore.FindAsync(session, code, seen), seen, await DemoRules.AreInForceAsync(session));
    }

    private sealed record Found(ClinicSince? Now, ClinicSince? Seen, long SeenVersion, bool IsDemo);
}
