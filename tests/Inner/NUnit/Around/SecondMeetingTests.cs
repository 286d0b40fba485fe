namespace Relocation.Testing.Inner.NUnit.Around;

public sealed class SecondMeetingTests : MeetingTests;
