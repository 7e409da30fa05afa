using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
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

/// <summary>The same to an address that may be known to be dead: nobody reads there, and a mail that cannot arrive would be work for a person.</summary>
/// <param name="Address">Where it goes, hashed.</param>
public sealed record SendMailUnlessDead(NewMail Mail, byte[] Address) : Step
{
    internal override async Task ApplyAsync(Tx tx, Applied applied)
    {
        if (!await MailStore.IsSuppressedAsync(tx, Address))
        {
            await MailStore.AddAsync(tx, Mail);
        }
    }
}

/// <summary>Somebody made us write to an address that nobody has shown to be theirs, or wanted to: it counts.</summary>
public sealed record CountMailRequest(MailRequest Request) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => MailRequestStore.AddAsync(tx, Request);

    internal override void Tell(SecurityLog log)
    {
        if (Request.Withheld)
        {
            log.MailWithheld(Request.Kind.ToString(), Request.InquiryId?.Value);
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
