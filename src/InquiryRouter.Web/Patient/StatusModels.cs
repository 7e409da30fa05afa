using InquiryRouter.Web.Pages;

namespace InquiryRouter.Web.Patient;

/// <summary>What the patient sees behind their link.</summary>
public sealed record StatusPageModel
{
    public required string Reference { get; init; }

    /// <summary>The short name of the link, for the hidden field <c>link</c>.</summary>
    public required string Link { get; init; }

    public required string Headline { get; init; }

    public required string Explanation { get; init; }

    /// <summary>What only the patient can change, and what it would come to.</summary>
    /// <remarks>The value is the kind of the wish; the one that would help most comes first.</remarks>
    public required IReadOnlyList<Choice> Ideas { get; init; }

    /// <summary>What was sent, and where we write to.</summary>
    public required StatusSent Sent { get; init; }

    /// <summary>Nothing goes on without their consent: it is asked for above everything else.</summary>
    public required bool AsksConsent { get; init; }

    /// <summary>What the patient wrote of an emergency; null: nothing.</summary>
    public required EmergencyModel? Emergency { get; init; }

    /// <summary>What has just been done; null: nothing.</summary>
    public required string? Done { get; init; }

    /// <summary>What was wrong with what has just been sent; null: nothing.</summary>
    public required StatusProblem? Problem { get; init; }

    /// <summary>Whose time the moments on the page are told in.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Who has it, since when, due by when; empty when nobody has.</summary>
    public required IReadOnlyList<StatusClinic> Clinics { get; init; }

    /// <summary>What stands above them.</summary>
    public required string ClinicsTitle { get; init; }

    public required StatusComparison? Quotes { get; init; }

    /// <summary>What clinics have asked, newest first.</summary>
    public required IReadOnlyList<StatusQuestion> Questions { get; init; }

    /// <summary>What the patient has asked clinics, newest first.</summary>
    public required IReadOnlyList<StatusClinicQuestion> Asked { get; init; }

    /// <summary>Something the patient wrote names them or says how to reach them, and a clinic reads it without that.</summary>
    public required bool IsMasked { get; init; }

    /// <summary>What the patient has added: label is the moment.</summary>
    public required IReadOnlyList<Row> Added { get; init; }

    public required StatusHealthModel Health { get; init; }

    /// <summary>For the hidden field that makes a second press of a button the first.</summary>
    public required string Once { get; init; }

    /// <summary>Information may be added.</summary>
    public required bool CanAdd { get; init; }

    /// <summary>Answers to "how is it going?"; empty while no clinic has it.</summary>
    public required IReadOnlyList<Choice> CheckIns { get; init; }

    /// <summary>Whether clinics may see the inquiry; null: nothing to decide any more.</summary>
    public required bool? Shares { get; init; }

    public required bool CanCorrect { get; init; }

    public required bool CanWithdraw { get; init; }

    /// <summary>What has happened, newest first: label is the moment.</summary>
    public required IReadOnlyList<Row> History { get; init; }
}

/// <summary>What the patient has told of their health.</summary>
/// <param name="Rows">The answers.</param>
/// <param name="Named">Medicines they have named that can cause their condition; null: none.</param>
/// <param name="IsCauseAsked">They have not said yet whether one has.</param>
/// <param name="MayBeDrugInduced">They have said that it may be.</param>
public sealed record StatusHealthModel(IReadOnlyList<Row> Rows, string? Named, bool IsCauseAsked, bool MayBeDrugInduced);

/// <summary>A clinic that is asked, or has the inquiry.</summary>
/// <param name="Number">Of the referral.</param>
/// <param name="Identity">What it sees of the patient.</param>
/// <param name="Choice">What the patient can choose now.</param>
/// <param name="CanAsk">The patient can ask it something.</param>
/// <param name="CanDispute">The patient can say that what it reports is not so.</param>
public sealed record StatusClinic(
    int Number, string Name, IReadOnlyList<Row> Rows, string Identity, IdentityButton Choice, bool CanAsk, bool CanDispute)
{
    /// <summary>Who it is; null: it has left the network.</summary>
    public ClinicAbout? About { get; init; }

    /// <summary>The field in which it is asked something.</summary>
    public string Field => FieldOf(Number);

    /// <summary>The id of that field, by the number of the referral.</summary>
    public static string FieldOf(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ask-{number}");
}

/// <summary>Something the patient has asked a clinic.</summary>
/// <param name="Clinic">Its name.</param>
/// <param name="Reply">What it has answered; null: nothing yet.</param>
public sealed record StatusClinicQuestion(string Clinic, string At, string Text, string? Reply);

/// <summary>What the patient can choose for a clinic.</summary>
public enum IdentityButton
{
    None,
    Show,
    Hide,
}

/// <summary>Quotes as one table: a column each, the same lines for all.</summary>
/// <param name="Lines">Item by item, then the total and what it compares with.</param>
/// <param name="Notes">Where rates and typical prices are from.</param>
public sealed record StatusComparison(IReadOnlyList<StatusQuote> Quotes, IReadOnlyList<StatusQuoteLine> Lines, IReadOnlyList<StatusQuoteNote> Notes);

/// <param name="CanDecline">"This is not for me" is possible.</param>
/// <param name="Known">The clinic has been shown who the patient is.</param>
/// <param name="Remark">In the clinic's own words; null: none.</param>
public sealed record StatusQuote(int Number, string Clinic, bool CanDecline, bool Known, IdentityButton Choice, string? Remark);

/// <param name="Label">What it is about.</param>
/// <param name="Cells">One a quote.</param>
/// <param name="Strong">The total.</param>
public sealed record StatusQuoteLine(string Label, IReadOnlyList<StatusQuoteCell> Cells, bool Strong = false);

/// <param name="Faint">Something that is not in it.</param>
/// <param name="Mark">A word to be noticed; null: none.</param>
public sealed record StatusQuoteCell(string Text, bool Faint = false, string? Mark = null);

/// <param name="Source">Where the figure is from, as its authors call it; null: not of a source.</param>
public sealed record StatusQuoteNote(string Text, string? Source = null, string? After = null);

/// <summary>Something a clinic has asked.</summary>
/// <param name="Id">For the field of its answer.</param>
/// <param name="From">Who asks.</param>
/// <param name="Answer">What was answered; null: not yet.</param>
public sealed record StatusQuestion(Guid Id, string From, string At, string Text, string? Answer)
{
    public string Field => FieldOf(Id);

    /// <summary>The id of the field that answers a question.</summary>
    public static string FieldOf(Guid questionId) => "answer-" + questionId.ToString("N");
}

/// <summary>A step that is asked about before it is done.</summary>
/// <param name="Step">Of the texts <c>status.{step}.…</c>, and of the address.</param>
public sealed record StatusConfirmation(string Step, string Link, string Reference);

/// <summary>The form again, to be mended.</summary>
/// <param name="ForOthers">A parent or carer asks.</param>
/// <param name="CanCorrectContact">How they can be reached; when it may not change, nothing may.</param>
/// <param name="CanCorrectRequest">What they ask for: not while a clinic has it.</param>
public sealed record StatusCorrection(
    string Link, string Reference, InquiryPageModel Form, bool ForOthers, bool CanCorrectContact, bool CanCorrectRequest);

/// <summary>The link was lost.</summary>
/// <param name="IsSent">It was asked for: the answer is the same for every address.</param>
/// <param name="Problem">Why what was typed is no address; null: nothing.</param>
public sealed record StatusLinkRequest(bool IsSent, string Typed, string? Problem);
