using InquiryRouter.Application.Patients;
using InquiryRouter.Core.Demo;
using InquiryRouter.Core.Intake;
using InquiryRouter.Core.Mail;
using InquiryRouter.Infrastructure.Data;
using InquiryRouter.Infrastructure.Data.Stores.Coordination;
using InquiryRouter.Infrastructure.Data.Stores.Mail;

namespace InquiryRouter.Application.Demo;

/// <summary>A played inquiry as it is now: what those who have to do with it see.</summary>
/// <param name="Case">What patient and clinics see.</param>
/// <param name="Work">What is open about it, for the coordinators.</param>
/// <param name="CheckIns">When the patient was asked how it is going.</param>
public sealed record DemoCase(PatientCase Case, IReadOnlyList<OpenWork> Work, IReadOnlyList<DateTimeOffset> CheckIns)
{
    public InquiryId Id => Case.Inquiry.Id;

    public string Reference => Case.Inquiry.Reference;

    public static async Task<DemoCase?> LoadAsync(Session session, InquiryId id) =>
        await PatientCase.LoadAsync(session, id) is not { } found ? null
        : new DemoCase(
            found, await WorkStore.ListOfInquiryAsync(session, id),
            [.. (await MailStore.ListSinceAsync(session, MailKind.CheckIn, [id], DateTimeOffset.MinValue)).Select(m => m.CreatedAt)]);
}

/// <summary>What somebody means to do about a played inquiry.</summary>
/// <param name="Key">Meant once.</param>
/// <param name="At">When; at once where that is past.</param>
/// <param name="Do">What; whether it is still possible is asked then, by the use case itself. Null: they have decided to do
/// nothing.</param>
public sealed record Intention(string Key, DateTimeOffset At, Func<Dice, CancellationToken, Task>? Do);

/// <summary>Somebody who has to do with inquiries.</summary>
public interface IDemoPart
{
    /// <summary>What they mean to do as things stand; what was meant before under the same key stands as it was.</summary>
    IEnumerable<Intention> Look(DemoCase found, Dice dice);
}
