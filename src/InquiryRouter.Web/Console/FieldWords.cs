using System.Text;

namespace InquiryRouter.Web.Console;

/// <summary>Names of files and fields as people read them.</summary>
internal static class FieldWords
{
    /// <param name="name">Like country-rules, mustName or ManageUsers.</param>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
            {
                text.Append(text.Length == 0 ? string.Empty : " ").Append(char.ToLowerInvariant(letter));
            }
            else
            {
                text.Append(letter is '-' or '.' ? ' ' : letter);
            }
        }

        return text.Length == 0 ? name : char.ToUpperInvariant(text[0]) + text.ToString(1, text.Length - 1);
    }
}
