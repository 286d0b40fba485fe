namespace Relocation.Testing.Inner.XunitV2;

public sealed class FirstMeetingTests(TagDatabase database) : MeetingTests(database);
