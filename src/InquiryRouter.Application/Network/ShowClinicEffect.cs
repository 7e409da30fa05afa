using InquiryRouter.Application.Matching;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Matching;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Matching;

namespace InquiryRouter.Application.Network;

/// <summary>An inquiry that a change of a clinic touches.</summary>
/// <param name="Gate">What the clinic would no longer meet.</param>
/// <param name="Next">Clinics that could be asked after it at this moment, as codes, in the order of its decision.</param>
public sealed record TouchedInquiry(string Reference, ReferralState State, Gate Gate, IReadOnlyList<string> Next);

/// <summary>What a change of a clinic would do, before it is made.</summary>
/// <param name="Recalled">Open offers and undecided quotes that would be taken back; the next clinic is asked, or the inquiry matched again.</param>
/// <param name="Lapsed">Accepted inquiries whose clinic would no longer meet a requirement: a person decides on each.</param>
/// <param name="Waiting">Inquiries that wait for a place there and would wait in vain.</param>
/// <param name="Opened">Held inquiries that could be offered to it, and cannot now: a coordinator sends them on.</param>
/// <param name="Shut">Held inquiries that could be offered to it now, and then no more.</param>
/// <param name="LookedAt">Held inquiries that were looked at, the newest.</param>
public sealed record ClinicEffect(
    IReadOnlyList<TouchedInquiry> Recalled, IReadOnlyList<TouchedInquiry> Lapsed, int Waiting, IReadOnlyList<string> Opened, IReadOnlyList<string> Shut,
    int LookedAt);

/// <summary>
/// Asks the gates what a clinic that is about to change would no longer meet, or meet for the first time: of what it has now, and of what is held.
/// Changes nothing.
/// </summary>
public sealed class ShowClinicEffect(Work work, MatchIndexCache indexes, PolicyCache policies, LoadCache loads)
{
    private const int MostReferrals = 500;
    private const int MostHeld = 200;
    private const int MostWithNext = 20;
    private const int NextShown = 3;

    /// <param name="now">The clinic as it is.</param>
    /// <param name="changed">As it would be.</param>
    /// <param name="cancellation">Ends the questions.</param>
    public async Task<ClinicEffect> RunAsync(Clinic now, Clinic changed, CancellationToken cancellation)
    {
        var moment = work.Now;
        var index = await indexes.AtAsync(moment, cancellation);
        var policy = await policies.CurrentAsync(cancellation);
        var view = await loads.CurrentAsync(index.Network, policy, cancellation);
        var (before, after) = (Alone(now, index, moment), Alone(changed, index, moment));
        var (open, held, inquiries) = await work.ReadAsync(
            async session =>
            {
                var found = await CaseStore.ListOpenOfClinicAsync(session, now.Code, MostReferrals);
                var waiting = await CaseStore.ListHeldForAsync(session, now.Code, MostHeld);
                var ids = found.Select(r => r.InquiryId).Union(waiting).ToList();
                return (found, waiting, (await InquiryStore.ListAsync(session, ids)).ToDictionary(i => i.Id));
            },
            cancellation);

        var touched = open.Where(r => inquiries.ContainsKey(r.InquiryId))
            .Select(r => (Referral: r, Gate: Lost(inquiries[r.InquiryId].Facts)))
            .Where(t => t.Gate != Gate.None).ToList();
        var listed = new List<(OpenReferral Referral, TouchedInquiry Touched)>();
        foreach (var (referral, gate) in touched)
        {
            var next = listed.Count < MostWithNext ? await NextAsync(inquiries[referral.InquiryId], now.Code, index, policy, view, cancellation) : [];
            listed.Add((referral, new TouchedInquiry(referral.Reference, referral.State, gate, next)));
        }

        var could = held.Where(inquiries.ContainsKey).Select(id => inquiries[id])
            .Select(i => (i.Reference, Then: Fits(i, before), Now: Fits(i, after))).ToList();
        var waits = view.Waiting[now.Code].Count();
        return new ClinicEffect(
            [.. listed.Where(l => l.Referral.AcceptedAt is null).Select(l => l.Touched)],
            [.. listed.Where(l => l.Referral.AcceptedAt is not null).Select(l => l.Touched)],
            changed.Active ? 0 : waits,
            [.. could.Where(c => !c.Then && c.Now).Select(c => c.Reference)],
            [.. could.Where(c => c.Then && !c.Now).Select(c => c.Reference)],
            held.Count);

        Gate Lost(InquiryFacts facts) => Matcher.CheckLapse(now.Code, facts, before, policy, moment) == Gate.None
            ? Matcher.CheckLapse(now.Code, facts, after, policy, moment) : Gate.None;

        // Full weeks are of the moment: the question is whether it may be asked at all.
        bool Fits(InquiryRecord inquiry, MatchIndex alone) =>
            Matcher.Check(now.Code, inquiry.Facts, alone, policy, MatchLoad.None, moment) == Gate.None;
    }

    private static MatchIndex Alone(Clinic clinic, MatchIndex index, DateTimeOffset moment) =>
        new(new NetworkSnapshot(index.Network.Version, [clinic], index.Network.Rules), moment);

    private async Task<IReadOnlyList<string>> NextAsync(
        InquiryRecord inquiry, string clinic, MatchIndex index, Policy policy, LoadView view, CancellationToken cancellation)
    {
        var (candidates, earlier) = await work.ReadAsync(
            async session => (await MatchStore.FindCandidatesAsync(session, inquiry.Id), await EarlierOffers.FindAsync(session, inquiry.Id)), cancellation);
        var load = view.For(inquiry.Id, inquiry.ReceivedAt, earlier);
        return
        [
            .. (candidates?.Clinics ?? []).Where(c => c != clinic)
                .Where(c => Matcher.Check(c, inquiry.Facts, index, policy, load, work.Now) == Gate.None).Take(NextShown),
        ];
    }
}
