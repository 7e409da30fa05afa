using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Core.Users;
using InquiryRouter.Infrastructure.Data.Stores.Mail;
using InquiryRouter.Infrastructure.Data.Stores.Users;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Mails to the operator's people, who read English as the console is.</summary>
public sealed partial class MailWriter
{
    /// <summary>To whose account it is: something about signing in has changed. No link. Once for each change.</summary>
    public NewMail AccountChanged(AppUser user, AccountChange change, DateTimeOffset at)
    {
        var name = NameOf(user);
        var code = change.ToString();
        return SealAlone(MailKind.AccountChanged, InquiryId.None, Guid.CreateVersion7(), Render(
            MailKind.AccountChanged, languages.English, name, user.Mail, new MailFields
            {
                ["name"] = name,
                ["says"] = $"mail.accountChanged.{char.ToLowerInvariant(code[0])}{code[1..]}",
                ["moment"] = languages.English.Moment(at, TimeZoneInfo.Utc),
            }));
    }
}
