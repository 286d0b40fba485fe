namespace Relocation.Testing.Inner.XunitV2;

public sealed class SecondMeetingTests(TagDatabase database) : MeetingTests(database);
