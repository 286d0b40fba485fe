namespace Relocation.Testing.Inner.TUnit;

[InheritsTests]
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class SecondMeetingTests(TagDatabase database) : MeetingTests(database);
