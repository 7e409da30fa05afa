using InquiryRouter.Core.Referral;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Privacy;

namespace InquiryRouter.Application.Steps;

/// <summary>A secret URL that opens from the commit on.</summary>
public sealed record NewLink(byte[] TokenHash, LinkPurpose Purpose, Guid SubjectId, TimeSpan Lifetime)
{
    public static NewLink ToReferral(string token, ReferralId referralId) =>
        new(AccessLinkStore.Hash(token), LinkPurpose.Referral, referralId.Value, AccessLinkStore.ReferralLifetime);

    internal Task AddAsync(Tx tx) => AccessLinkStore.AddAsync(tx, TokenHash, Purpose, SubjectId, Lifetime);
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

/// <summary>A link without a mail of its own.</summary>
public sealed record OpenNewLink(NewLink Link) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => Link.AddAsync(tx);
}

/// <summary>Every link of a purpose to a subject ends.</summary>
public sealed record RevokeLinks(LinkPurpose Purpose, Guid SubjectId) : Step
{
    internal override Task ApplyAsync(Tx tx, Applied applied) => AccessLinkStore.RevokeAsync(tx, Purpose, SubjectId);
}
