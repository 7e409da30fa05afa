using System.Buffers.Binary;

namespace InquiryRouter.FaultTests.Support.Network;

/// <summary>Reads one direction of an AMQP 0-9-1 connection as its frames pass, and names the methods that matter.</summary>
internal sealed class AmqpWatch(bool isOfTheProgram)
{
    private const int Head = 7;
    private const byte Method = 1;
    private const ushort Basic = 60;
    private static readonly byte[] s_greeting = "AMQP"u8.ToArray();

    private readonly List<byte> _bytes = [];

    /// <summary>The moments in what has just arrived.</summary>
    public IReadOnlyList<AmqpMoment> Read(ReadOnlySpan<byte> arrived)
    {
        _bytes.AddRange(arrived);
        var seen = new List<AmqpMoment>();
        while (Next() is { } frame)
        {
            if (frame[0] == Method && MomentOf(frame.AsSpan(Head)) is { } moment)
            {
                seen.Add(moment);
            }
        }

        return seen;
    }

    private AmqpMoment? MomentOf(ReadOnlySpan<byte> payload) =>
        BinaryPrimitives.ReadUInt16BigEndian(payload) != Basic ? null
        : (BinaryPrimitives.ReadUInt16BigEndian(payload[2..]), isOfTheProgram) switch
        {
            (40, true) => AmqpMoment.Publish,
            (80, false) => AmqpMoment.Confirm,
            (60, false) => AmqpMoment.Deliver,
            (80, true) => AmqpMoment.Acknowledge,
            _ => null,
        };

    /// <summary>A whole frame without its last octet; null: more bytes are needed.</summary>
    private byte[]? Next()
    {
        // The protocol's name and version stand before the first frame of the program.
        if (_bytes.Count >= 8 && _bytes[0] == s_greeting[0])
        {
            _bytes.RemoveRange(0, 8);
        }

        if (_bytes.Count < Head || _bytes[0] == s_greeting[0])
        {
            return null;
        }

        var length = Head + (_bytes[3] << 24 | _bytes[4] << 16 | _bytes[5] << 8 | _bytes[6]);
        if (_bytes.Count < length + 1)
        {
            return null;
        }

        var frame = _bytes.GetRange(0, length).ToArray();
        _bytes.RemoveRange(0, length + 1);
        return frame;
    }
}
