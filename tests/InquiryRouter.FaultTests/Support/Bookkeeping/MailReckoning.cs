using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.FaultTests.Support.Load;
using InquiryRouter.FaultTests.Support.Mail;

namespace InquiryRouter.FaultTests.Support.Bookkeeping;

/// <summary>
/// Each inquiry has one acknowledgement and one referral mail. A mail arrives once; a second time only when its row says that the first
/// outcome was unknown, with the same bytes; never a third time. After two unknown outcomes it is Unconfirmed: then it may have arrived or not.
/// </summary>
internal sealed class MailReckoning
{
    private static readonly MailKind[] s_expected = [MailKind.Acknowledgement, MailKind.ReferralOffer];

    private readonly Accounts _accounts;
    private readonly ILookup<Guid, ArrivedMail> _arrived;
    private readonly Dictionary<InquiryId, InquiryAccount> _inquiries;
    private readonly Dictionary<Guid, string?> _clinicAddresses;
    private readonly List<string> _problems = [];
    private int _missing;
    private int _doubled;
    private int _unconfirmed;

    private MailReckoning(Accounts accounts, IReadOnlyList<ArrivedMail> arrived)
    {
        _accounts = accounts;
        _arrived = arrived.ToLookup(a => a.MailId);
        _inquiries = accounts.Inquiries.ToDictionary(i => i.Id);
        _clinicAddresses = accounts.Referrals.ToDictionary(r => r.Id.Value, r => accounts.ClinicEmails.GetValueOrDefault(r.ClinicCode));
    }

    public IReadOnlyList<string> Problems => _problems;

    public string Summary =>
        $"{_accounts.Mails.Count} mails, missing {_missing}, arrived twice {_doubled}, with an unknown first outcome {_accounts.Mails.Count(m => m.Unknowns > 0)}, unconfirmed {_unconfirmed}";

    public static MailReckoning Make(Accounts accounts, IReadOnlyList<ArrivedMail> arrived)
    {
        var reckoning = new MailReckoning(accounts, arrived);
        reckoning.EveryInquiryHasItsMails();
        foreach (var mail in accounts.Mails)
        {
            reckoning.Check(mail);
        }

        var known = accounts.Mails.Select(m => m.Id).ToHashSet();
        reckoning._problems.AddRange(reckoning._arrived.Where(a => !known.Contains(a.Key)).Select(a => $"Mail {a.Key} arrived, and nothing is written down about it."));
        return reckoning;
    }

    private void EveryInquiryHasItsMails()
    {
        var mails = _accounts.Mails.CountBy(m => (m.InquiryId, m.Kind)).ToDictionary();
        foreach (var inquiry in _accounts.Inquiries)
        {
            foreach (var kind in s_expected)
            {
                var count = mails.GetValueOrDefault((inquiry.Id, kind));
                if (count != 1)
                {
                    _missing += count == 0 ? 1 : 0;
                    _problems.Add($"{inquiry.Reference} has {count} mails {kind}, not one.");
                }
            }
        }
    }

    private void Check(MailRow mail)
    {
        var arrivals = _arrived[mail.Id].ToList();
        var inquiry = _inquiries.GetValueOrDefault(mail.InquiryId);
        var what = $"{mail.Kind} {mail.Id} of {inquiry?.Reference ?? "no inquiry"} ({mail.State}, {mail.Attempts} attempts, {mail.Unknowns} unknown)";
        if (mail.State == MailState.Unconfirmed && mail.Unknowns > 1)
        {
            _unconfirmed++;
        }
        else if (mail.State != MailState.Sent)
        {
            _problems.Add($"{what} is not sent.");
        }
        else if (arrivals.Count == 0)
        {
            _missing++;
            _problems.Add($"{what} did not arrive.");
        }

        _doubled += arrivals.Count > 1 ? 1 : 0;
        if (arrivals.Count > 2 || (arrivals.Count == 2 && mail.Unknowns == 0))
        {
            _problems.Add($"{what} arrived {arrivals.Count} times.");
        }

        if (arrivals.Exists(a => !a.Bytes.AsSpan().SequenceEqual(arrivals[0].Bytes)))
        {
            _problems.Add($"{what} arrived with other bytes the second time.");
        }

        if (inquiry is not null)
        {
            arrivals.ForEach(a => CheckContent(mail, inquiry, a, what));
        }
    }

    private void CheckContent(MailRow mail, InquiryAccount inquiry, ArrivedMail arrival, string what)
    {
        var recipient = mail.Kind switch
        {
            MailKind.Acknowledgement => new Posting(inquiry.Patient).Email,
            MailKind.ReferralOffer => _clinicAddresses.GetValueOrDefault(mail.AboutId),
            _ => null,
        };
        if (recipient is not null && recipient != arrival.Recipient)
        {
            _problems.Add($"{what} went to {arrival.Recipient} instead of {recipient}.");
        }

        if (!arrival.Text.Contains(inquiry.Reference, StringComparison.Ordinal))
        {
            _problems.Add($"{what} does not name its inquiry.");
        }
    }
}
