using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data.Stores;

namespace InquiryRouter.Application.Patients;

/// <summary>The id of a note follows from what it belongs to: pressed twice, a button writes one note.</summary>
public static class NoteId
{
    /// <param name="inquiryId">Nobody outside can hit the id of another inquiry's note.</param>
    /// <param name="once">What tells it from others of the inquiry.</param>
    public static Guid Of(Guid inquiryId, string once) => MailAbout.Of(inquiryId, once);

    /// <summary>Of the first answer to a question.</summary>
    public static Guid OfAnswer(Guid questionId) => NoteStore.AnswerId(questionId);
}
