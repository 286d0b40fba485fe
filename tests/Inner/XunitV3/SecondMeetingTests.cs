namespace Relocation.Testing.Inner.XunitV3;

public sealed class SecondMeetingTests(TagDatabase database) : MeetingTests(database);
