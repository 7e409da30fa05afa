namespace InquiryRouter.Core.FollowUp;

/// <summary>Answers to "how is it going?", as codes that are stored and shown.</summary>
public static class CheckInAnswer
{
    public const string NoContact = "no-contact";
    public const string Stop = "stop";

    /// <summary>No answer to a question of ours: what a clinic reports of a booking or a treatment is not so.</summary>
    public const string NotSo = "not-so";

    public static readonly IReadOnlyList<string> All = ["in-touch", NoContact, "booked", "treated", Stop];

    /// <summary>A person of the team has to hear of it.</summary>
    public static bool IsForCoordinators(string answer) => answer is NoContact or Stop or NotSo;
}
