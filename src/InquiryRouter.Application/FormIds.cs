using InquiryRouter.Core.Mail;

namespace InquiryRouter.Application;

/// <summary>A form carries an id: sent twice, it is one. Who goes back and types something else into it has written something new, and nothing of it is lost.</summary>
public static class FormIds
{
    /// <summary>The id under which a form is to be stored, or null when it is stored already.</summary>
    /// <param name="id">Of the form.</param>
    /// <param name="stored">Whether what is stored under an id says the same; null: nothing is stored under it.</param>
    public static Guid? Free(Guid id, Func<Guid, bool?> stored)
    {
        while (true)
        {
            switch (stored(id))
            {
                case null:
                    return id;
                case true:
                    return null;
                default:
                    id = MailAbout.Of(id, "again");
                    break;
            }
        }
    }
}
