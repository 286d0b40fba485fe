namespace Relocation.Testing.Inner.TUnit;

[InheritsTests]
[ClassDataSource<TagDatabase>(Shared = SharedType.PerTestSession)]
public sealed class FirstMeetingTests(TagDatabase database) : MeetingTests(database);
