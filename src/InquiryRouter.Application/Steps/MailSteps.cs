using InquiryRouter.Core.History;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Privacy;
using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Intake;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Application.Steps;

/// <summary>A secret URL that opens from the commit on.</summary>
/// <param name="Person">Whom at a clinic it is sent to; null: no one in particular.</param>
public sealed record NewLink(byte[] TokenHash, LinkPurpose Purpose, Guid SubjectId, TimeSpan Lifetime, byte[]? Person = null)
{
    /// <param name="email">Where it is sent: it opens the referral as long as that is an address of the clinic.</param>
    public static NewLink ToReferral(string token, ReferralId referralId, string email) => new(
        AccessLinkStore.Hash(token), LinkPurpose.Referral, referralId.Value, AccessLinkStore.ReferralLifetime, AccessLinkStore.PersonOf(email));

    /// <summary>A patient's links end, and another opens their page.</summary>
    public static IReadOnlyList<Step> InPlaceOfPatients(string token, InquiryId inquiryId) =>
    [
        new RevokeLinks(LinkPurpose.Status, inquiryId.Value),
        new RevokeLinks(LinkPurpose.Unsubscribe, inquiryId.Value),
        new OpenNewLink(new NewLink(AccessLinkStore.Hash(token), LinkPurpose.Status, inquiryId.Value, AccessLinkStore.StatusLifetime)),
    ];

    internal Task AddAsync(Tx tx) => AccessLinkStore.AddAsync(tx, TokenHash, Purpose, SubjectId, Lifetime, Person);
}

/// <summary>A mail that was rendered for this, with the link in it if it has one of its own.</summary>
public sealed record SendMail(NewMail Mail, NewLink? Link = null) : Step
{
    /// <summary>No step for no mail: nobody is there to read it.</summary>
    public static SendMail? If(NewMail? mail) => mail is null ? null : new SendMail(mail);

    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        await MailStore.AddAsync(tx, Mail);
        await (Link?.AddAsync(tx) ?? Task.CompletedTask);
    }
}

/// <summary>The same for a mail that several events may ask for: there is one of its kind about the same.</summary>
public sealed record SendMailOnce(NewMail Mail, NewLink? Link = null) : Step
{
    /// <summary>No step for no mail: nobody is there to read it.</summary>
    public static SendMailOnce? If(NewMail? mail) => mail is null ? null : new SendMailOnce(mail);

    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if (await MailStore.TryAddAsync(tx, Mail))
        {
            await (Link?.AddAsync(tx) ?? Task.CompletedTask);
        }
    }
}

/// <summary>
/// Somebody made us write to an address that nobody has shown to be theirs, or wanted to: it counts. When others of the same moment have spent what
/// may go there, it is decided again.
/// </summary>
public sealed record CountMailRequest(MailRequest Request) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if (Request.Withheld)
        {
            await MailRequestStore.AddAsync(tx, Request);
        }
        else if (!await MailRequestStore.TakeAsync(tx, Request))
        {
            throw new ConflictException("As many mails of this kind went to the address as may.");
        }
    }

    internal override void Tell(SecurityLog log)
    {
        if (Request.Withheld)
        {
            log.MailWithheld(Request);
        }
    }
}

/// <summary>
/// A mail to an address that nobody has shown to be theirs: it goes out unless too many of its kind went there within a day. Counted in the same
/// transaction.
/// </summary>
/// <param name="UnlessDead">Hash of an address known to take no mail: then it is not sent either; null: it is not asked.</param>
public sealed record SendMailWithin(NewMail Mail, MailRequest Request, byte[]? UnlessDead = null) : Step
{
    private bool _withheld;

    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        _withheld = !await MailRequestStore.TakeAsync(tx, Request);
        if (!_withheld && (UnlessDead is null || !await MailStore.IsSuppressedAsync(tx, UnlessDead)))
        {
            await MailStore.TryAddAsync(tx, Mail);
        }
    }

    internal override void Tell(SecurityLog log)
    {
        if (_withheld)
        {
            log.MailWithheld(Request);
        }
    }
}

/// <summary>An inquiry asks for its acknowledgement: how often its address, and who sends it, have asked before decides whether one is sent.</summary>
/// <param name="MostByAsker">Acknowledgements that who asks may cause in an hour.</param>
public sealed record AskAcknowledgement(InquiryId InquiryId, MailRequest Request, int MostByAsker) : Step
{
    private static readonly Actor s_actor = Actor.Stage("intake");

    private bool _withheld;

    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        _withheld = !await MailRequestStore.TakeAsync(tx, Request, MostByAsker);
        if (_withheld && await InquiryStore.FindAsync(tx, InquiryId) is { } added)
        {
            await InquiryStore.RecordAsync(tx, added, new HistoryEvent.MailWithheld(Request.Kind.ToString()), s_actor);
        }
    }

    internal override void Tell(SecurityLog log)
    {
        if (_withheld)
        {
            log.MailWithheld(Request);
        }
    }
}

/// <summary>A link without a mail of its own.</summary>
public sealed record OpenNewLink(NewLink Link) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => Link.AddAsync(tx);
}

/// <summary>Every link of a purpose to a subject ends.</summary>
public sealed record RevokeLinks(LinkPurpose Purpose, Guid SubjectId) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => AccessLinkStore.RevokeAsync(tx, Purpose, SubjectId);

    internal override void Tell(SecurityLog log) => log.LinksEnded(Purpose.ToString(), SubjectId);
}
