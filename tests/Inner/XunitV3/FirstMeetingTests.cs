namespace Relocation.Testing.Inner.XunitV3;

public sealed class FirstMeetingTests(TagDatabase database) : MeetingTests(database);
