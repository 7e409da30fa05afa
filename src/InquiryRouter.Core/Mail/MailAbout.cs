using System.Security.Cryptography;
using System.Text;

namespace InquiryRouter.Core.Mail;

/// <summary>
/// What a mail is about: of a kind there is one about each subject, ever, so a subject is chosen such that the same event asks for the same
/// mail. Where a subject has no id of its own (a day, the second yes of a clinic) one is made of what it consists of.
/// </summary>
public static class MailAbout
{
    /// <summary>The same parts make the same id.</summary>
    public static Guid Of(Guid subject, string part)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. subject.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(part)], hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
