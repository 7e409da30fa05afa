using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Languages;
using InquiryRouter.Infrastructure.Mail.Sending;

namespace InquiryRouter.Infrastructure.Mail;

/// <summary>Writes the sample mails as files that mail programs and browsers open.</summary>
public static class MailPreview
{
    private static readonly DateTimeOffset s_date = new(2026, 11, 18, 12, 0, 0, TimeSpan.Zero);

    /// <returns>The files written for one kind in one language: a message and its page for each variant.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        MailSamples samples, MimeFactory factory, MailKind kind, Words words, string directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        var files = new List<string>();
        var variants = samples.Of(kind, words);
        for (var i = 0; i < variants.Count; i++)
        {
            var name = Path.Combine(directory, $"{kind}.{words.Code}{(i == 0 ? string.Empty : $".{i + 1}")}");
            using var message = factory.Create(MailAbout.Of(Guid.Empty, Path.GetFileName(name)), s_date, variants[i]);
            await message.WriteToAsync(name + ".eml", cancellation);
            await File.WriteAllTextAsync(name + ".html", variants[i].Html, cancellation);
            files.AddRange([name + ".eml", name + ".html"]);
        }

        return files;
    }
}
