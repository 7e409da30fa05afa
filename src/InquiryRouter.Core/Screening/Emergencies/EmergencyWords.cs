namespace InquiryRouter.Core.Screening.Emergencies;

/// <summary>A row of the table that a nurse reads and extends. How phrases are written: <see cref="EmergencyPattern"/>.</summary>
/// <param name="Language">Only to find one's way in the table: every message is searched in all of them.</param>
/// <param name="Group">One of <see cref="EmergencyGroup.All"/> or <see cref="TimeSense.All"/>.</param>
/// <param name="Phrases">What is happening: "can't breathe". Not counted when it is said to have been so for years, or only asked about.</param>
/// <param name="Events">What can be long past: "a stroke". Not counted when it is said to have been long ago.</param>
public sealed record EmergencyWords(string Language, string Group, IReadOnlyList<string> Phrases, IReadOnlyList<string> Events);
