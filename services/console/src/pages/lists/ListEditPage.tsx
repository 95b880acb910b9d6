import { getRouteApi, useNavigate } from '@tanstack/react-router';

import { useAnswer, useMe } from '../../api/hooks.ts';
import { BoneRows, Failed } from '../../ui/States.tsx';
import { ASKS_NOTHING, NO_FOLLOW_UP } from './list-words.tsx';
import { ListForm } from './ListForm.tsx';

const route = getRouteApi('/frame/lists/$listId/edit');

/** A list that there is not yet. */
export function NewListPage() {
  const navigate = useNavigate();
  const { member } = useMe();
  const blank = { name: '', about: '', ownerId: member.id, filter: ASKS_NOTHING, followUp: NO_FOLLOW_UP };
  return (
    <ListForm
      title="New list"
      id={null}
      list={blank}
      onBack={() => void navigate({ to: '/lists' })}
      onSaved={(id) => void navigate({ to: '/lists/$listId', params: { listId: id } })}
    />
  );
}

export function ListEditPage() {
  const { listId } = route.useParams();
  const navigate = useNavigate();
  const list = useAnswer('lists.get', { id: listId });
  if (list.isPending) return <BoneRows rows={12} />;
  if (list.isError) return <Failed what="The list" error={list.error} onRetry={() => void list.refetch()} />;
  const open = () => void navigate({ to: '/lists/$listId', params: { listId } });
  const { name, about, owner, filter, followUp } = list.data;
  return (
    <ListForm
      title={`Change “${name}”`}
      id={listId}
      list={{ name, about, ownerId: owner?.id ?? null, filter, followUp }}
      onBack={open}
      onSaved={open}
    />
  );
}
