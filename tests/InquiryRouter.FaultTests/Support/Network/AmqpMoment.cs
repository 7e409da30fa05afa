namespace InquiryRouter.FaultTests.Support.Network;

/// <summary>What passes between the program and its broker, and matters when one of them is gone a moment later.</summary>
internal enum AmqpMoment
{
    /// <summary>The program publishes; the broker has not seen it.</summary>
    Publish,

    /// <summary>The broker has it, and the program does not know yet.</summary>
    Confirm,

    /// <summary>The broker hands out a message; the program has not seen it.</summary>
    Deliver,

    /// <summary>The program has handled a message, and the broker does not know yet.</summary>
    Acknowledge,
}
