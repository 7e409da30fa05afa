using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;

namespace InquiryRouter.Infrastructure.Data;

/// <summary>An inquiry that waits for a place at a clinic.</summary>
public sealed record Waiter(InquiryId InquiryId, DateTimeOffset Since);

/// <summary>The load of all clinics at a moment.</summary>
/// <param name="Clinics">By code; no load, no entry.</param>
/// <param name="Waiting">Who waits for a clinic, longest first.</param>
public sealed record LoadView(IReadOnlyDictionary<string, ClinicLoad> Clinics, ILookup<string, Waiter> Waiting)
{
    /// <summary>The load as one inquiry meets it: places that others have waited longer for are kept for them.</summary>
    /// <param name="receivedAt">When the inquiry came.</param>
    /// <param name="earlier">Clinics that are not asked again.</param>
    public MatchLoad For(InquiryId inquiryId, DateTimeOffset receivedAt, IReadOnlyDictionary<string, Earlier> earlier)
    {
        if (Waiting.Count == 0)
        {
            return new MatchLoad(Clinics, earlier);
        }

        var kept = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var clinic in Waiting)
        {
            var before = clinic.Count(w => (w.Since, w.InquiryId.Value).CompareTo((receivedAt, inquiryId.Value)) < 0);
            if (before > 0)
            {
                kept[clinic.Key] = before;
            }
        }

        return new MatchLoad(Clinics, earlier) { Kept = kept };
    }
}
