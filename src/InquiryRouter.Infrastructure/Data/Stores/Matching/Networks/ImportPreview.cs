using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Matching;
using InquiryRouter.Infrastructure.ReferenceData.Import;

namespace InquiryRouter.Infrastructure.Data.Stores.Matching.Networks;

/// <summary>What an import would do with one clinic.</summary>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Was">Null: it would be added.</param>
/// <param name="Differences">Empty: it is new, or already so.</param>
public sealed record PreviewedClinic(long Line, Clinic Clinic, Clinic? Was, IReadOnlyList<ClinicDifference> Differences)
{
    public bool IsUnchanged => Was is not null && Differences.Count == 0;
}

/// <summary>What an import would change, before it is made: compared as the import itself compares.</summary>
public static class ImportPreview
{
    public static IReadOnlyList<PreviewedClinic> Of(NetworkSnapshot network, ImportResult read) =>
        [.. read.Clinics.Zip(read.Lines, (clinic, line) => Of(network.ByCode.GetValueOrDefault(clinic.Code), clinic, line))];

    private static PreviewedClinic Of(Clinic? known, Clinic given, long line)
    {
        if (known is null)
        {
            return new PreviewedClinic(line, given, null, []);
        }

        var kept = Kept(given, known);
        return new PreviewedClinic(line, kept, known, ClinicContent.Same(kept, known) ? [] : ClinicTexts.Differences(known, kept));
    }

    /// <summary>A pause is the clinic's own, and whether mail arrives is what was found: a file knows nothing of both, but another address is a new chance.</summary>
    internal static Clinic Kept(Clinic given, Clinic known) => given with
    {
        PausedUntil = known.PausedUntil,
        MailFailsSince = Mailbox.Key(given.Email) == Mailbox.Key(known.Email) ? known.MailFailsSince : null,
    };
}
