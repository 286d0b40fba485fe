namespace Relocation.Testing.Inner.NUnit.Around;

public sealed class FirstMeetingTests : MeetingTests;
