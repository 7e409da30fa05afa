namespace InquiryRouter.Core.Mail;

/// <summary>
/// How often somebody can make us write to an address of which nobody has shown that it is theirs. Beyond it no mail goes out; what it was about
/// is done or kept all the same, except that an address is not changed again.
/// </summary>
public static class MailAllowance
{
    /// <summary>Whose asking counts, and for how long an address is spared.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How long asking counts against who asks.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Changes of address that one inquiry may have in a day: a typing mistake, and one in the correction.</summary>
    public const int ChangesOfAddress = 3;

    /// <summary>Requests for a lost link that one sender may make in an hour.</summary>
    public const int LostLinks = 20;

    /// <summary>Mails of one kind to one address in a day.</summary>
    public static int ToOneAddress(MailKind kind) => kind switch
    {
        MailKind.Acknowledgement or MailKind.AddressConfirmed or MailKind.AddressChanged or MailKind.Withdrawn or MailKind.Erased => 5,
        MailKind.StatusLink => 6,

        // People of the clinic's own record: a ward may be sent every referral there is.
        MailKind.ForwardedReferral => 30,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody can ask for it."),
    };

    /// <summary>Acknowledgements that one sender may cause in an hour.</summary>
    /// <param name="inquiriesPerMinute">How many inquiries are taken from them.</param>
    public static int Acknowledgements(int inquiriesPerMinute) => inquiriesPerMinute * 4;
}
