namespace InquiryRouter.Core.Matching;

/// <summary>What a decision looks at of a clinic's load, ready to be added up.</summary>
/// <param name="Gate">What stops the clinic for its load.</param>
/// <param name="Response">The value of that part of the score, 0 to 1; so the next two.</param>
internal readonly record struct LoadCell(Gate Gate, double Response, double Acceptance, double Headroom, long Owed)
{
    /// <summary>A place is asked for last: who is stopped by it lacks nothing else, and is worth waiting for.</summary>
    public static LoadCell Of(ClinicLoad load, in ClinicCell clinic) => new(
        load.ThisWeek + load.Kept >= clinic.WeeklyCap ? Gate.WeeklyCap : load.Today + load.Kept >= clinic.DailyPace ? Gate.DailyPace : Gate.None,
        Scores.OfResponse(load.ResponseMinutes), Scores.OfAcceptance(load.Accepted, load.Answered), Scores.OfHeadroom(load.ThisWeek, clinic.WeeklyCap), load.Owed);

    public static LoadCell[] All(IReadOnlyDictionary<string, ClinicLoad> loads, ClinicCell[] clinics)
    {
        var cells = new LoadCell[clinics.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Of(loads.GetValueOrDefault(clinics[i].Code, ClinicLoad.None), clinics[i]);
        }

        return cells;
    }
}

/// <summary>The load in the order of an index: what all inquiries meet, and the few clinics that are another case for this one.</summary>
internal sealed class PlacedLoads
{
    private readonly LoadCell[] _all;
    private readonly int[] _others = [];
    private readonly LoadCell[] _otherLoads = [];

    public PlacedLoads(MatchIndex index, MatchLoad load)
    {
        _all = index.Place(load.Clinics is ChangedLoadDictionary { Before: var before } ? before : load.Clinics);
        IEnumerable<string> codes = load.Clinics is ChangedLoadDictionary { Changed: var changed } ? load.Earlier.Keys.Union(changed.Keys, StringComparer.Ordinal) : load.Earlier.Keys;
        if (load.Earlier.Count > 0 || load.Clinics is ChangedLoadDictionary)
        {
            _others = [.. codes.Select(index.Network.PositionOf).Where(p => p >= 0).Order()];
            _otherLoads = [.. _others.Select(p => For(index.Clinics[p], load))];
        }
    }

    public ref readonly LoadCell this[int clinic]
    {
        get
        {
            if (_others.Length > 0 && _others.AsSpan().BinarySearch(clinic) is >= 0 and var at)
            {
                return ref _otherLoads[at];
            }

            return ref _all[clinic];
        }
    }

    /// <summary>The load of one clinic as this inquiry meets it: who said no is not asked again, full or not.</summary>
    public static LoadCell For(in ClinicCell clinic, MatchLoad load)
    {
        var cell = LoadCell.Of(load.Of(clinic.Code), clinic);
        return load.Earlier.TryGetValue(clinic.Code, out var earlier) ? cell with { Gate = earlier == Earlier.SamePatient ? Gate.Conflict : Gate.AlreadyTried } : cell;
    }
}
