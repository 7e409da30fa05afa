using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;

namespace InquiryRouter.FaultTests.Support.Bookkeeping;

/// <summary>
/// Compares what the senders were told with what the installation wrote down and what arrived by mail. Each accepted inquiry must be there
/// once, with its clinic, its promise and its mails; nothing else may be there.
/// </summary>
internal sealed class Reckoning
{
    private readonly Receipts _receipts;
    private readonly Accounts _accounts;
    private readonly List<string> _problems = [];

    private Reckoning(Receipts receipts, Accounts accounts) => (_receipts, _accounts) = (receipts, accounts);

    /// <summary>What is wrong; nothing when all is right.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The numbers, for people.</summary>
    public string Summary { get; private set; } = "";

    /// <param name="receipts">What the senders were told.</param>
    /// <param name="books">Open on the installation.</param>
    /// <param name="arrived">Every arrival of every mail.</param>
    public static async Task<Reckoning> MakeAsync(Receipts receipts, Books books, IReadOnlyList<ArrivedMail> arrived)
    {
        var reckoning = new Reckoning(receipts, await books.ReadAsync());
        var accepted = receipts.Accepted;
        reckoning._problems.AddRange(receipts.Problems);
        var lost = reckoning.EveryReceiptHasItsInquiry(accepted, await books.OpenAsync(accepted.Values.Select(r => r.StatusToken)));
        var doubled = reckoning.NobodyIsThereTwice();
        reckoning.EveryInquiryHasItsClinic();
        reckoning.EveryOfferHasItsPromiseAndItsPlace();
        reckoning.NothingWaits();
        reckoning.EverythingThatNeedsAPersonIsListed();
        var mails = MailReckoning.Make(reckoning._accounts, arrived);
        reckoning._problems.AddRange(mails.Problems);

        var abandoned = receipts.Abandoned;
        var storedUnanswered = reckoning._accounts.Inquiries.Count(i => abandoned.Contains(i.Patient));
        reckoning.Summary =
            $"{accepted.Count} answers 202 ({accepted.Values.Count(r => r.Tries > 1)} of them only when sent again with the same key), " +
            $"lost {lost}, doubled {doubled}; {abandoned.Count} senders without an answer never came back, {storedUnanswered} of their inquiries are stored; {mails.Summary}";
        return reckoning;
    }

    private int EveryReceiptHasItsInquiry(IReadOnlyDictionary<int, Receipt> accepted, Dictionary<string, InquiryId> opened)
    {
        var byReference = _accounts.Inquiries.ToLookup(i => i.Reference, StringComparer.Ordinal);
        var lost = 0;
        foreach (var (patient, receipt) in accepted)
        {
            var found = byReference[receipt.Reference].ToList();
            if (found.Count != 1)
            {
                lost += found.Count == 0 ? 1 : 0;
                _problems.Add($"Patient {patient} was told {receipt.Reference}, and there are {found.Count} inquiries of this reference.");
            }
            else if (found[0].Patient != patient)
            {
                _problems.Add($"Patient {patient} was told {receipt.Reference}, which is the inquiry of patient {found[0].Patient}.");
            }
            else if (!opened.TryGetValue(receipt.StatusToken, out var inquiry) || inquiry != found[0].Id)
            {
                _problems.Add($"The status link of {receipt.Reference} does not open it.");
            }
        }

        return lost;
    }

    private int NobodyIsThereTwice()
    {
        var twice = _accounts.Inquiries.GroupBy(i => i.Patient).Where(g => g.Count() > 1).ToList();
        _problems.AddRange(twice.Select(g => $"Patient {g.Key} has {g.Count()} inquiries of one Idempotency-Key: {string.Join(", ", g.Select(i => i.Reference))}."));
        var known = _receipts.Accepted.Keys.Concat(_receipts.Abandoned).ToHashSet();
        _problems.AddRange(_accounts.Inquiries.Where(i => !known.Contains(i.Patient)).Select(i => $"Nobody knows of inquiry {i.Reference} of patient {i.Patient}."));
        return twice.Sum(g => g.Count() - 1);
    }

    private void EveryInquiryHasItsClinic()
    {
        var referrals = _accounts.Referrals.ToLookup(r => r.InquiryId);
        foreach (var inquiry in _accounts.Inquiries)
        {
            if (inquiry.State != "Referred")
            {
                _problems.Add($"{inquiry.Reference} is {inquiry.State}, not Referred.");
            }

            if (!inquiry.HistoryIsIntact)
            {
                _problems.Add($"The history of {inquiry.Reference} is not intact.");
            }

            if (referrals[inquiry.Id].Count() != 1)
            {
                _problems.Add($"{inquiry.Reference} has {referrals[inquiry.Id].Count()} referrals, not one.");
            }
        }
    }

    private void EveryOfferHasItsPromiseAndItsPlace()
    {
        var promises = _accounts.FollowUps.Where(f => f.State == 0).ToLookup(f => f.AboutId);
        foreach (var referral in _accounts.Referrals)
        {
            if (referral.State != "Offered" || promises[referral.Id.Value].Count() != 1)
            {
                _problems.Add(
                    $"A referral to {referral.ClinicCode} is {referral.State} with {promises[referral.Id.Value].Count()} follow-ups "
                    + "to come; Offered with one was expected.");
            }
        }

        if (_accounts.FollowUps.Count != _accounts.Referrals.Count)
        {
            _problems.Add($"There are {_accounts.FollowUps.Count} follow-ups for {_accounts.Referrals.Count} referrals.");
        }

        var offers = _accounts.Referrals.CountBy(r => (r.ClinicCode, r.CapWeek)).ToDictionary();
        var loads = _accounts.Loads.ToDictionary(l => (l.ClinicCode, l.Week), l => l.Offered);
        foreach (var place in offers.Keys.Union(loads.Keys))
        {
            var (made, counted) = (offers.GetValueOrDefault(place), loads.GetValueOrDefault(place));
            if (made != counted)
            {
                _problems.Add($"{place.ClinicCode} has {made} offers in the week of {place.Item2:yyyy-MM-dd}, and its counter says {counted}.");
            }
        }
    }

    // Reckoned from the states alone, not by the program's rule.
    private void EverythingThatNeedsAPersonIsListed()
    {
        var needed = _accounts.Inquiries.Where(i => i.State is "Held" or "Quarantined" or "AwaitingPatient").Select(i => (Kind: i.State, Subject: i.Id.Value))
            .Concat(_accounts.Mails.Where(m => m.State is MailState.Parked or MailState.Unconfirmed).Select(m => (Kind: "StuckMail", Subject: m.Id)))
            .Concat(_accounts.ParkedMessages.Select(id => (Kind: "ParkedMessage", Subject: id)))
            .Concat(_accounts.Suggested.Select(id => (Kind: "PossibleDuplicate", Subject: id))).ToHashSet();
        var listed = _accounts.Work.Select(w => (w.Kind, Subject: w.SubjectId)).ToList();
        _problems.AddRange(needed.Except(listed).Select(n => $"{n.Kind} {n.Subject} needs a person, and no work says so."));
        _problems.AddRange(listed.Where(l => !needed.Contains(l)).Select(l => $"Work {l.Kind} about {l.Subject} is open, and nobody is needed for it."));
    }

    private void NothingWaits() => _problems.AddRange(_accounts.Outbox
        .GroupBy(o => (o.Type, o.State, o.LastError))
        .Select(g => $"{g.Count()} {g.Key.Type} are {(g.Key.State == 2 ? "parked" : "not sent")} after up to {g.Max(o => o.Attempts)} attempts ({g.Key.LastError ?? "no error"})."));
}
