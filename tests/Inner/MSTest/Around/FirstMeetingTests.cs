namespace Relocation.Testing.Inner.MSTest.Around;

[TestClass]
public sealed class FirstMeetingTests : MeetingTests;
